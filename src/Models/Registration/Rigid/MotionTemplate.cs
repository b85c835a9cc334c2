using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>What frames are registered to, and how it grows with them.</summary>
/// <param name="options">Parameters.</param>
/// <param name="correlation">Is told the template whenever it changes; stays the caller's.</param>
/// <param name="isFirstOfTwo">Whether the frames will come a second time.</param>
internal sealed class MotionTemplate(RigidOptions options, PhaseCorrelation correlation, bool isFirstOfTwo) : IDisposable
{
    private readonly MeanImage _mean = new();
    private readonly MeanImage _all = new();
    private Tensor? _image;
    private Displacement _moved;
    private bool _isSecondPass;

    /// <summary>True while no frame has shown anything.</summary>
    public bool IsEmpty => _image is null;

    /// <summary>Whether frames from number <paramref name="index"/> on leave the template as it is.</summary>
    public bool IsFixed(long index) => !IsEmpty && (_isSecondPass || options.Template switch
    {
        TemplateKind.Running => false,
        TemplateKind.Mean => index >= (long)options.TemplateStart + options.TemplateFrames,
        _ => true,
    });

    /// <summary>Whether <see cref="Add"/> needs the frame, for this template or for that of the second pass.</summary>
    public bool Needs(long index) => !IsFixed(index) || (isFirstOfTwo && !_isSecondPass && options.Template != TemplateKind.Given);

    /// <summary>Sets a given template.</summary>
    public void Set(Tensor image)
    {
        _image?.Dispose();
        _image = image.clone().DetachFromDisposeScope();
        correlation.SetTemplate(_image);
    }

    /// <summary>Takes a corrected frame in.</summary>
    /// <param name="index">Number of the frame.</param>
    /// <param name="displacement">By what it was moved back.</param>
    /// <param name="corrected">float32, (z, y, x).</param>
    public void Add(long index, Displacement displacement, Tensor corrected)
    {
        if (!Needs(index))
        {
            return;
        }

        using var scope = NewDisposeScope();
        var isMean = options.Template == TemplateKind.Mean;
        if (isMean && index == options.TemplateStart)
        {
            // What came before the range only said where the frames lie.
            _mean.Clear();
        }

        if (isFirstOfTwo && !_isSecondPass)
        {
            _all.Add(corrected);
            _moved += displacement;
        }

        if (isMean && !IsFixed(index))
        {
            _mean.Add(corrected);
        }

        if (IsEmpty)
        {
            Set(corrected);
        }
        else if (!IsFixed(index) && (!isMean || index >= options.TemplateStart))
        {
            Set(isMean ? _mean.ToTensor()! : _image!.lerp(corrected, options.UpdateRate));
        }
    }

    /// <summary>
    /// All frames have been seen once: the mean of the corrected ones is the template from now on. Where the template was a mean before, it
    /// stands where the frames stood on average, so that one frame's error does not move the whole movie.
    /// </summary>
    /// <returns>By how much the template has moved.</returns>
    public Displacement EndPass()
    {
        using var scope = NewDisposeScope();
        var moved = Displacement.Zero;
        if (options.Template != TemplateKind.Given && _all.ToTensor() is { } mean)
        {
            var count = (double)_all.Count;
            moved = options.Template == TemplateKind.Mean ? new Displacement(_moved.Z / count, _moved.Y / count, _moved.X / count) : moved;
            Set(Resampler.Shift(mean, Displacement.Zero - moved, Interpolation.Cubic));
        }

        _isSecondPass = true;
        _all.Clear();
        _mean.Clear();
        return moved;
    }

    public void Write(BinaryWriter writer)
    {
        StateTensor.Write(writer, _image);
        _mean.Write(writer);
    }

    public void Read(BinaryReader reader, long[] shape, Device device)
    {
        using var scope = NewDisposeScope();
        if (StateTensor.Read(reader, device) is { } image)
        {
            using (image)
            {
                if (!image.shape.SequenceEqual(shape))
                {
                    throw new InvalidDataException($"frames of {string.Join('×', image.shape)} (z×y×x), and these have {string.Join('×', shape)}");
                }

                Set(image.to_type(ScalarType.Float32));
            }
        }

        _mean.Read(reader, device);
    }

    public void Dispose()
    {
        _image?.Dispose();
        _mean.Dispose();
        _all.Dispose();
    }
}

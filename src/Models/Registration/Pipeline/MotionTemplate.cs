using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>What frames are registered to, and how it grows with them.</summary>
/// <param name="options">Parameters.</param>
/// <param name="estimator">Is told the template whenever it changes; stays the caller's.</param>
/// <param name="isFirstOfTwo">Whether the frames will come a second time.</param>
internal sealed class MotionTemplate(MotionOptions options, IMotionEstimator estimator, bool isFirstOfTwo) : IDisposable
{
    private readonly MeanImage _mean = new();
    private readonly MeanImage _all = new();
    private readonly MeanImage _squares = new();
    private readonly MeanMotion _moved = new();
    private Tensor? _image;
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

    /// <summary>Frames from number <paramref name="index"/> on that find the same template; at least 1.</summary>
    public int Until(long index)
    {
        if (IsFixed(index))
        {
            return int.MaxValue;
        }

        var next = index;
        while (!IsEmpty && options.Template == TemplateKind.Mean && !IsDue(next))
        {
            next++;
        }

        return (int)(next - index + 1);
    }

    /// <summary>Whether <see cref="Add"/> needs the frame, for this template or for that of the second pass.</summary>
    public bool Needs(long index) => !IsFixed(index) || (isFirstOfTwo && !_isSecondPass && options.Template != TemplateKind.Given);

    /// <summary>Sets a given template.</summary>
    /// <param name="image">float32, (z, y, x); stays the caller's.</param>
    /// <param name="variance">Of each pixel over time, where known; stays the caller's.</param>
    public void Set(Tensor image, Tensor? variance = null)
    {
        _image?.Dispose();
        _image = image.clone().DetachFromDisposeScope();
        estimator.SetTemplate(_image, variance);
    }

    /// <summary>Takes a corrected frame in.</summary>
    /// <param name="index">Number of the frame.</param>
    /// <param name="motion">By what it was moved back.</param>
    /// <param name="corrected">float32, (z, y, x).</param>
    public void Add(long index, Motion motion, Tensor corrected)
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
            _squares.Add(corrected.square());
            if (isMean)
            {
                _moved.Add(motion);
            }
        }

        if (IsFixed(index))
        {
            return;
        }

        if (isMean)
        {
            _mean.Add(corrected);
        }

        if (IsEmpty)
        {
            Set(corrected);
        }
        else if (!isMean)
        {
            Set(_image!.lerp(corrected, options.UpdateRate));
        }
        else
        {
            Renew(index);
        }
    }

    /// <summary>A frame came that shows nothing.</summary>
    public void Skip(long index)
    {
        if (!IsEmpty && !IsFixed(index) && options.Template == TemplateKind.Mean)
        {
            Renew(index);
        }
    }

    /// <summary>
    /// All frames have been seen once: the mean of the corrected ones is the template from now on. Where the template was a mean before, it
    /// stands where the frames stood on average, so that one frame's error does not move the whole movie.
    /// </summary>
    /// <returns>By how much the template has moved; the caller disposes it.</returns>
    public Motion EndPass()
    {
        using var scope = NewDisposeScope();
        using var back = _moved.Negated(_image?.device ?? CPU);
        if (options.Template != TemplateKind.Given && _all.ToTensor() is { } mean)
        {
            var variance = _squares.ToTensor()!.sub_(mean.square()).clamp_min_(0);
            Set(back.Apply(mean), back.Apply(variance).clamp_min_(0));
        }

        _isSecondPass = true;
        _all.Clear();
        _squares.Clear();
        _mean.Clear();
        return _moved.ToMotion(_image?.device ?? CPU);
    }

    // A mean that grows is prepared anew now and then, since that takes longer than a frame.
    private bool IsDue(long index)
    {
        var frames = index - options.TemplateStart + 1;
        return frames == options.TemplateFrames || (frames > 0 && LearningSchedule.IsDue(frames));
    }

    private void Renew(long index)
    {
        using var scope = NewDisposeScope();
        if (IsDue(index) && _mean.ToTensor() is { } mean)
        {
            Set(mean);
        }
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
        _squares.Dispose();
        _moved.Dispose();
    }
}

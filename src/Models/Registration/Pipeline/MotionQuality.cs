using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// What a correction has gained: how frames correlate with their mean, and how crisp the mean is, before and after, and as a control what
/// half a pixel of bilinear shift alone would do. On <see cref="SmoothedImage"/>s, away from the faces, where corrected frames show what
/// the camera did not see.
/// </summary>
/// <param name="marginY">Largest displacement along y, in px.</param>
/// <param name="marginX">Likewise along x.</param>
/// <param name="threshold">Correlation from which on a frame counts as good.</param>
/// <param name="onlyLooks">Whether a first pass only makes the means for the second.</param>
internal sealed class MotionQuality(int marginY, int marginX, double threshold, bool onlyLooks) : IDisposable
{
    // Frames from one that the control is measured on to the next.
    private const int ControlDistance = 4;

    private readonly MeanImage _before = new();
    private readonly MeanImage _after = new();
    private Tensor? _fixedBefore;
    private Tensor? _fixedAfter;
    private bool _onlyLooks = onlyLooks;
    private double _sumBefore;
    private double _sumAfter;
    private double _sumControl;
    private long _count;
    private long _controls;
    private long _over;

    /// <summary>What of an image has to be kept for <see cref="Add"/>.</summary>
    /// <param name="image">float32, (z, y, x).</param>
    public Tensor Seen(Tensor image) => _onlyLooks ? image.mean([0]) : SmoothedImage.Of(image);

    /// <summary>Takes in what was <see cref="Seen"/> of a frame, and tells how it correlates with the means.</summary>
    /// <param name="before">As it came.</param>
    /// <param name="after">As it was corrected; null where that is the same.</param>
    public (double Before, double After) Add(Tensor before, Tensor? after)
    {
        // Until all frames have been seen, those so far have to do, the frame itself among them.
        _before.Add(before);
        _after.Add(after ?? before);
        if (_onlyLooks)
        {
            return (double.NaN, double.NaN);
        }

        using var scope = NewDisposeScope();
        var mean = _fixedBefore ?? _before.ToTensor()!;
        var first = Correlation(before, mean);
        var second = Correlation(after ?? before, _fixedAfter ?? _after.ToTensor()!);
        if (_count % ControlDistance == 0)
        {
            _sumControl += Correlation(HalfPixel.Of(before), HalfPixel.Of(mean)) - first;
            _controls++;
        }

        (_sumBefore, _sumAfter) = (_sumBefore + first, _sumAfter + second);
        _over += second >= threshold ? 1 : 0;
        _count++;
        return (first, second);
    }

    /// <summary>All frames have been seen once: from now on, their means count.</summary>
    /// <param name="moved">By how much the template has moved, and with it every corrected frame.</param>
    public void EndPass(Motion moved)
    {
        using var scope = NewDisposeScope();
        Tensor? Smoothed(Tensor? mean) => mean is null ? null : SmoothedImage.Of(mean.unsqueeze(0)).DetachFromDisposeScope();
        _fixedBefore = Smoothed(_before.ToTensor());
        _fixedAfter = Smoothed(_after.ToTensor() is { } mean ? Moved(mean, moved) : null);
        _before.Clear();
        _after.Clear();
        _onlyLooks = false;
    }

    /// <summary>Adds the figures to the details of a summary.</summary>
    public void Describe(Dictionary<string, string> details)
    {
        if (_count == 0)
        {
            return;
        }

        using var scope = NewDisposeScope();
        void Tell(string name, double value) => details[name] = value.ToString("0.####", CultureInfo.InvariantCulture);
        Tell("correlation_before", _sumBefore / _count);
        Tell("correlation_after", _sumAfter / _count);
        Tell("crispness_before", Crispness(_before.ToTensor()!));
        Tell("crispness_after", Crispness(_after.ToTensor()!));
        Tell("correlation_half_pixel", (_sumBefore / _count) + (_sumControl / _controls));
        Tell("crispness_half_pixel", Crispness(HalfPixel.Of(_before.ToTensor()!)));
        Tell("frames_over_threshold", (double)_over / _count);
    }

    public void Write(BinaryWriter writer)
    {
        _before.Write(writer);
        _after.Write(writer);
        writer.Write(_sumBefore);
        writer.Write(_sumAfter);
        writer.Write(_sumControl);
        writer.Write(_count);
        writer.Write(_controls);
        writer.Write(_over);
    }

    public void Read(BinaryReader reader, Device device)
    {
        _before.Read(reader, device);
        _after.Read(reader, device);
        (_sumBefore, _sumAfter, _sumControl) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        (_count, _controls, _over) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _before.Dispose();
        _after.Dispose();
        _fixedBefore?.Dispose();
        _fixedAfter?.Dispose();
    }

    /// <summary>Norm of the gradient (Pnevmatikakis and Giovannucci 2017, doi:10.1016/j.jneumeth.2017.07.031).</summary>
    private double Crispness(Tensor image)
    {
        var inner = Inner(image);
        var (rows, columns) = (inner.shape[0] - 1, inner.shape[1] - 1);
        if (rows < 1 || columns < 1)
        {
            return 0;
        }

        var y = inner.narrow(0, 1, rows).sub(inner.narrow(0, 0, rows)).square().sum().ToDouble();
        var x = inner.narrow(1, 1, columns).sub(inner.narrow(1, 0, columns)).square().sum().ToDouble();
        return Math.Sqrt(y + x);
    }

    private double Correlation(Tensor image, Tensor mean)
    {
        var (a, b) = (Inner(image), Inner(mean));
        a = a.sub(a.mean());
        b = b.sub(b.mean());
        var product = a.mul(b).sum().ToDouble();
        var norm = Math.Sqrt(a.square().sum().ToDouble() * b.square().sum().ToDouble());
        return norm > 0 ? product / norm : 0;
    }

    private static Tensor Moved(Tensor mean, Motion moved) => moved.Field is { } field
        ? FieldWarp.Sample(mean, field.neg(), Interpolation.Cubic)
        : Resampler.Shift(mean.unsqueeze(0), Displacement.Zero - moved.Shift, Interpolation.Cubic)[0];

    private Tensor Inner(Tensor image)
    {
        var (y, x) = (Math.Min(marginY / 2, (image.shape[0] - 1) / 4), Math.Min(marginX / 2, (image.shape[1] - 1) / 4));
        return image.narrow(0, y, image.shape[0] - (2 * y)).narrow(1, x, image.shape[1] - (2 * x));
    }
}

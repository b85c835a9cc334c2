using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// What a correction has gained: how frames correlate with their mean, and how crisp the mean is, before and after. Both on
/// <see cref="SmoothedImage"/>s, away from the faces, where corrected frames show what the camera did not see.
/// </summary>
internal sealed class MotionQuality(int marginY, int marginX, double threshold) : IDisposable
{
    private readonly MeanImage _before = new();
    private readonly MeanImage _after = new();
    private Tensor? _fixedBefore;
    private Tensor? _fixedAfter;
    private double _sumBefore;
    private double _sumAfter;
    private long _count;
    private long _over;

    /// <summary>Takes a frame in, as it came and as it was corrected, both smoothed, and tells how it correlates with the means.</summary>
    public (double Before, double After) Add(Tensor before, Tensor after)
    {
        // Until all frames have been seen, those so far have to do, the frame itself among them.
        _before.Add(before);
        _after.Add(after);
        using var scope = NewDisposeScope();
        var first = Correlation(before, _fixedBefore ?? _before.ToTensor()!);
        var second = Correlation(after, _fixedAfter ?? _after.ToTensor()!);
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
        _fixedBefore = _before.ToTensor()?.DetachFromDisposeScope();
        _fixedAfter = _after.ToTensor() is { } mean ? Moved(mean, moved).DetachFromDisposeScope() : null;
        _before.Clear();
        _after.Clear();
        (_sumBefore, _sumAfter, _count, _over) = (0, 0, 0, 0);
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
        Tell("frames_over_threshold", (double)_over / _count);
    }

    public void Write(BinaryWriter writer)
    {
        _before.Write(writer);
        _after.Write(writer);
        writer.Write(_sumBefore);
        writer.Write(_sumAfter);
        writer.Write(_count);
        writer.Write(_over);
    }

    public void Read(BinaryReader reader, Device device)
    {
        _before.Read(reader, device);
        _after.Read(reader, device);
        (_sumBefore, _sumAfter) = (reader.ReadDouble(), reader.ReadDouble());
        (_count, _over) = (reader.ReadInt64(), reader.ReadInt64());
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

    // Of a smoothed image, which has every second pixel.
    private static Tensor Moved(Tensor mean, Motion moved)
    {
        if (moved.Field is not { } field)
        {
            return Resampler.Shift(mean.unsqueeze(0), new Displacement(0, -moved.Shift.Y / 2, -moved.Shift.X / 2), Interpolation.Cubic).squeeze(0);
        }

        return FieldWarp.Sample(mean, field.slice(1, 0, field.shape[1], 2).slice(2, 0, field.shape[2], 2).mul(-0.5), Interpolation.Cubic);
    }

    private Tensor Inner(Tensor image)
    {
        var (y, x) = (Math.Min(marginY / 2, (image.shape[0] - 1) / 4), Math.Min(marginX / 2, (image.shape[1] - 1) / 4));
        return image.narrow(0, y, image.shape[0] - (2 * y)).narrow(1, x, image.shape[1] - (2 * x));
    }
}

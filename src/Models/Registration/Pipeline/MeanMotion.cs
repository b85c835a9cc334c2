using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>The mean of motions.</summary>
internal sealed class MeanMotion : IDisposable
{
    private readonly MeanImage _field = new();
    private Displacement _rigid;
    private long _count;

    public void Add(Motion motion)
    {
        _count++;
        if (motion.Field is { } field)
        {
            _field.Add(field);
        }
        else
        {
            _rigid += motion.Shift;
        }
    }

    /// <summary>The mean; the caller disposes it.</summary>
    public Motion ToMotion(Device device) => Times(1, device);

    /// <summary>What leads back from it, where it changes slowly from pixel to pixel; the caller disposes it.</summary>
    public Motion Negated(Device device) => Times(-1, device);

    public void Dispose() => _field.Dispose();

    private Motion Times(double factor, Device device)
    {
        if (_count == 0)
        {
            return new Motion(Displacement.Zero);
        }

        // Frames without a field, such as the first, have moved by their shift everywhere.
        var rigid = new Displacement(factor * _rigid.Z / _count, factor * _rigid.Y / _count, factor * _rigid.X / _count);
        if (_field.ToTensor() is not { } mean)
        {
            return new Motion(rigid);
        }

        using var scope = NewDisposeScope();
        var field = mean.mul(factor * _field.Count / _count).add_(tensor(new[] { (float)rigid.Y, (float)rigid.X }, [2, 1, 1], device: device));
        return Motion.Of(field);
    }
}

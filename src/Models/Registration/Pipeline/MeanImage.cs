using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>The mean of images, kept in float64 so that a long movie loses nothing.</summary>
internal sealed class MeanImage : IDisposable
{
    private Tensor? _sum;

    /// <summary>Images in it.</summary>
    public long Count { get; private set; }

    /// <summary>Takes an image in.</summary>
    /// <param name="image">Stays the caller's.</param>
    public void Add(Tensor image)
    {
        if (_sum is null)
        {
            _sum = image.to_type(ScalarType.Float64).clone().DetachFromDisposeScope();
        }
        else
        {
            _sum.add_(image);
        }

        Count++;
    }

    /// <summary>The mean, float32; null while there is no image.</summary>
    public Tensor? ToTensor() => _sum?.div(Count).to_type(ScalarType.Float32);

    /// <summary>Forgets all images.</summary>
    public void Clear()
    {
        _sum?.Dispose();
        (_sum, Count) = (null, 0);
    }

    /// <summary>Writes count, sizes and sum.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Count);
        StateTensor.Write(writer, _sum);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public void Read(BinaryReader reader, Device device)
    {
        Clear();
        Count = reader.ReadInt64();
        _sum = StateTensor.Read(reader, device);
    }

    /// <inheritdoc/>
    public void Dispose() => _sum?.Dispose();
}

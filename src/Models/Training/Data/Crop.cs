namespace InferenceBridge.Models.Training;

/// <summary>A square of one example, in the batch's own memory: whoever draws it fills all of it.</summary>
internal readonly struct Crop(float[] input, float[] target, float[] weight, int index, int channels, int size, int targets = 1)
{
    /// <summary>Rows, which are as many as columns.</summary>
    public int Size => size;

    /// <summary>Channels of the input.</summary>
    public int Channels => channels;

    /// <summary>The target, or its first channel, size × size.</summary>
    public Span<float> Target => TargetChannel(0);

    /// <summary>How much each pixel counts, size × size; 1 before anyone writes.</summary>
    public Span<float> Weight => weight.AsSpan(index * size * size, size * size);

    /// <summary>One channel of the input, size × size.</summary>
    public Span<float> Input(int channel) => input.AsSpan(((index * channels) + channel) * size * size, size * size);

    /// <summary>One channel of the target, size × size.</summary>
    public Span<float> TargetChannel(int channel) => target.AsSpan(((index * targets) + channel) * size * size, size * size);
}

using System.Numerics.Tensors;
using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Crops at random places of examples, each as likely as it has places to crop.</summary>
internal sealed class ExampleCrops : ICropSource
{
    private readonly IReadOnlyList<TrainingExample> _examples;
    private readonly double[] _cumulated;
    private readonly Augmentation _augmentation;

    /// <param name="examples">At least one, none smaller than the crops.</param>
    /// <param name="augmentation">How crops are varied.</param>
    public ExampleCrops(IReadOnlyList<TrainingExample> examples, Augmentation augmentation)
    {
        ArgumentOutOfRangeException.ThrowIfZero(examples.Count);
        (_examples, _augmentation) = (examples, augmentation);
        _cumulated = new double[examples.Count];
        var total = 0d;
        for (var i = 0; i < examples.Count; i++)
        {
            _cumulated[i] = total += (double)examples[i].Height * examples[i].Width;
        }
    }

    public void Draw(Crop crop, SeededRandom random)
    {
        var at = Array.BinarySearch(_cumulated, random.NextUniform() * _cumulated[^1]);
        Cut(_examples[Math.Min(_examples.Count - 1, at < 0 ? ~at : at + 1)], _augmentation, crop, random);
    }

    /// <summary>Cuts a square at a random place.</summary>
    public static void Cut(TrainingExample example, Augmentation augmentation, Crop crop, SeededRandom random)
    {
        var top = random.NextIndex(example.Height - crop.Size + 1);
        var left = random.NextIndex(example.Width - crop.Size + 1);
        var (mirrorX, mirrorY, transpose, shift) = augmentation.Draw(random);

        // Start and steps of the walk through the source that fills the crop row by row.
        var (stepX, stepY) = (mirrorX ? -1 : 1, mirrorY ? -example.Width : example.Width);
        var start = ((top + (mirrorY ? crop.Size - 1 : 0)) * example.Width) + left + (mirrorX ? crop.Size - 1 : 0);
        var (along, across) = transpose ? (stepY, stepX) : (stepX, stepY);
        for (var channel = 0; channel < crop.Channels; channel++)
        {
            Copy(example.Input[channel], crop.Input(channel), crop.Size, start, along, across);
            TensorPrimitives.Add(crop.Input(channel), shift, crop.Input(channel));
        }

        Copy(example.Target, crop.Target, crop.Size, start, along, across);
        TensorPrimitives.Add(crop.Target, shift, crop.Target);
        if (example.Weight is { } weight)
        {
            Copy(weight, crop.Weight, crop.Size, start, along, across);
        }
    }

    private static void Copy(float[] source, Span<float> target, int size, int start, int along, int across)
    {
        for (var row = 0; row < size; row++)
        {
            var at = start + (row * across);
            var line = target.Slice(row * size, size);
            if (along == 1)
            {
                source.AsSpan(at, size).CopyTo(line);
                continue;
            }

            for (var column = 0; column < size; column++, at += along)
            {
                line[column] = source[at];
            }
        }
    }
}

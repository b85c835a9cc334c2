using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>Runs a package's network over whole tensors, in blocks where all of them are of one size.</summary>
/// <param name="model">The package.</param>
/// <param name="sizes">Longest blocks.</param>
/// <param name="image">Sizes of the first input.</param>
/// <param name="cuts">True where blocks may be cut.</param>
/// <param name="host">Lends the device.</param>
internal sealed class VolumePackageRun(PackageModel model, BlockSizes sizes, long[] image, bool cuts, IVolumeJobHost host)
{
    private readonly PackageDescription _description = model.Description;

    /// <param name="inputs">Prepared inputs along time, channel, z, y, x, on the CPU.</param>
    /// <param name="outputs">Sizes of the outputs by id.</param>
    /// <returns>Outputs along time, channel, z, y, x, on the CPU.</returns>
    public Tensor[] Compute(IReadOnlyList<Tensor> inputs, IReadOnlyDictionary<string, long[]> outputs)
    {
        var results = _description.Outputs.Select(output => zeros(outputs[output.Id])).ToArray();
        var blocks = Blocks().ToArray();
        for (var i = 0; i < blocks.Length; i++)
        {
            host.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Run(blocks[i], inputs, results);
            host.Progressed(i + 1, blocks.Length);
        }

        return results;
    }

    private IEnumerable<AxisBlock[]> Blocks() =>
        from z in Along(AxisKind.Z, sizes.Z)
        from y in Along(AxisKind.Y, sizes.Y)
        from x in Along(AxisKind.X, sizes.X)
        select new[] { z, y, x };

    private IEnumerable<AxisBlock> Along(AxisKind kind, int longest)
    {
        var size = (int)image[(int)kind];
        return !model.Traits.Axes.TryGetValue(kind, out var axis) ? [new AxisBlock(0, size, 0, size)]
            : cuts ? axis.Blocks(size, 0, size, longest)
            : !axis.IsFixed || size <= axis.Minimum ? [new AxisBlock(0, axis.Padded(size), 0, size)]
            : throw new InferenceException(InferenceError.ShapeInvalid, $"image.size_{axis.Name}",
                $"image.size_{axis.Name} is {size}; accepted by the package, whose tensors are of different sizes: at most {axis.Minimum}.");
    }

    private void Run(AxisBlock[] block, IReadOnlyList<Tensor> inputs, Tensor[] results)
    {
        var samples = inputs.Zip(_description.Inputs, (tensor, input) => TensorLayout.ToSamples(Cut(tensor, input, block), input)).ToArray();
        var made = _description.Outputs.Select(_ => new List<Tensor>()).ToArray();
        for (var i = 0; i < samples[0].shape[0]; i++)
        {
            host.Cancellation.ThrowIfCancellationRequested();
            using var turn = host.TakeTurn();
            using var scope = NewDisposeScope();
            var given = samples.Zip(_description.Inputs, (tensor, input) =>
                TensorLayout.ToInput(tensor.narrow(0, Math.Min(i, tensor.shape[0] - 1), 1), input).to(host.Device)).ToArray();
            var got = model.Forward(host.Device, given);
            for (var k = 0; k < made.Length; k++)
            {
                made[k].Add(TensorLayout.FromOutput(got[k], _description.Outputs[k]).to(CPU).MoveToOuterDisposeScope());
            }
        }

        var sampled = image.ToArray();
        (sampled[2], sampled[3], sampled[4]) = (block[0].Length, block[1].Length, block[2].Length);
        for (var k = 0; k < made.Length; k++)
        {
            var output = _description.Outputs[k];
            Place(TensorLayout.ToVolume(cat(made[k], 0), output, _description.Inputs[0], sampled), block, results[k], output);
        }
    }

    // Planes and frames that the network gets one by one are not part of a block; tensors of other sizes come whole.
    private Tensor Cut(Tensor tensor, TensorDescription input, AxisBlock[] block)
    {
        foreach (var kind in new[] { AxisKind.Z, AxisKind.Y, AxisKind.X })
        {
            if (input.Has(kind) && model.Traits.Axes.ContainsKey(kind) && tensor.shape[(int)kind] == image[(int)kind])
            {
                var along = block[(int)kind - (int)AxisKind.Z];
                tensor = Gather.Along(tensor, (int)kind, 0, (int)image[(int)kind], along.Start, along.Length);
            }
        }

        return tensor;
    }

    private void Place(Tensor made, AxisBlock[] block, Tensor result, TensorDescription output)
    {
        foreach (var kind in TensorLayout.All)
        {
            var (dimension, along) = ((int)kind, kind < AxisKind.Z ? default : block[(int)kind - (int)AxisKind.Z]);
            var isCut = kind >= AxisKind.Z && result.shape[dimension] == image[dimension];
            var (start, length) = isCut ? (along.First - along.Start, (long)(along.End - along.First)) : (0, result.shape[dimension]);
            if (made.shape[dimension] < start + length)
            {
                throw new InferenceException(InferenceError.ShapeMismatch, $"{_description.File}:{output.Path}.axes",
                    $"{_description.File}: {output.Path} came as {string.Join('×', made.shape)} (t×c×z×y×x), too short along {kind}; accepted: the size that its axes state.");
            }

            made = made.narrow(dimension, start, length);
            result = isCut ? result.narrow(dimension, along.First, along.End - along.First) : result;
        }

        result.copy_(made);
    }
}

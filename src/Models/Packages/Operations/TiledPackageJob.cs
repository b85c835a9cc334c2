using System.Globalization;
using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>Runs a package's network on tiles, block by block. Blocks lie where they would lie in the whole image.</summary>
internal sealed class TiledPackageJob(
    PackageModel model, BlockSizes sizes, IImageSteps pass, VolumeShape stack, int slices, Device device) : ITensorJob
{
    private readonly TensorDescription _input = model.Description.Inputs[0];
    private readonly TensorDescription _output = model.Description.Outputs[0];
    private readonly NetworkTraits _traits = model.Traits;
    private readonly SortedSet<string> _warnings = new(StringComparer.Ordinal);
    private static readonly StepContext Alone = new(new HashSet<AxisKind>(), new Dictionary<string, Tensor>());

    public IReadOnlyList<string> Warnings => [.. _warnings];

    public IReadOnlyDictionary<string, object> EstimatedParameters { get; } = new Dictionary<string, object>();

    public IReadOnlyDictionary<string, string> Details { get; } = new Dictionary<string, string>
    {
        ["network_context"] = string.Join(", ", model.Traits.Axes.Values.Select(axis => string.Create(CultureInfo.InvariantCulture,
            $"{axis.Name} {(axis.IsGlobal ? "the whole image" : axis.IsFixed ? $"blocks of {axis.Minimum} with a halo of {axis.Reach}" : $"{axis.Reach} to either side")}"))),
    };

    public Tensor Process(Tensor tile, CancellationToken cancellation) => Process(tile, new TileContext(0, cancellation));

    public Tensor Process(Tensor tile, TileContext context)
    {
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        var whole = new Box(0, 0, 0, stack.Depth, stack.Height, stack.Width);
        var place = context.Place ?? new Tile(whole, whole);
        var steps = pass.StepsOf(context.Channel);
        if (pass.Warning(context.Channel) is { } warning)
        {
            _warnings.Add(warning);
        }

        var restores = model.Description.Bridge.RestoresScale || model.Description.Bridge.Stabilises;
        var restore = restores ? steps.OfType<IInvertibleStep>().Reverse().Select(step => step.Inverse()).ToArray() : [];
        var prepared = Apply(steps, tile.unsqueeze(0).unsqueeze(0));
        var result = zeros_like(tile);

        // From here on jobs that run with the same network wait for each other's blocks.
        using var visit = _traits.CanBatch ? model.Gate(device).Enter(this, context.Batched) : null;
        foreach (var z in Blocks(AxisKind.Z, stack.Depth, place.Core.Z, place.Core.EndZ, sizes.Z))
        {
            foreach (var y in Blocks(AxisKind.Y, stack.Height, place.Core.Y, place.Core.EndY, sizes.Y))
            {
                foreach (var x in Blocks(AxisKind.X, stack.Width, place.Core.X, place.Core.EndX, sizes.X))
                {
                    context.Cancellation.ThrowIfCancellationRequested();
                    using var inner = NewDisposeScope();
                    var core = Apply([.. _output.Steps, .. restore], Compute(prepared, place.Input, z, y, x, visit, context.Cancellation)).to_type(ScalarType.Float32)[0, 0];
                    Check(core);
                    Cut(result, place.Input, z, y, x).copy_(core);
                }
            }
        }

        return result.MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        // The network is the package's.
        if (_traits.CanBatch)
        {
            model.Gate(device).End(this);
        }
    }

    private static Tensor Apply(IEnumerable<ProcessingStep> steps, Tensor tensor) =>
        steps.Aggregate(tensor, (current, step) => step.Apply(current, Alone));

    private static Tensor Cut(Tensor result, Box input, AxisBlock z, AxisBlock y, AxisBlock x) => result
        .narrow(0, z.First - input.Z, z.End - z.First).narrow(1, y.First - input.Y, y.End - y.First).narrow(2, x.First - input.X, x.End - x.First);

    private IEnumerable<AxisBlock> Blocks(AxisKind kind, int size, int first, int end, int longest) => _traits.Axes.TryGetValue(kind, out var axis)
        ? axis.Blocks(size, first, end, longest)
        : Piece.Cut(end - first, longest).Select(piece => new AxisBlock(first + piece.Start, piece.Length, first + piece.Start, first + piece.Start + piece.Length));

    /// <summary>The core of a block, along time, channel, z, y, x.</summary>
    private Tensor Compute(
        Tensor prepared, Box part, AxisBlock z, AxisBlock y, AxisBlock x, BatchGate.Visit? visit, CancellationToken cancellation)
    {
        var high = Gather.Along(prepared, (int)AxisKind.Y, part.Y, stack.Height, y.Start, y.Length);
        var wide = Gather.Along(high, (int)AxisKind.X, part.X, stack.Width, x.Start, x.Length);
        var block = slices == 0
            ? Gather.Along(wide, (int)AxisKind.Z, part.Z, stack.Depth, z.Start, z.Length)
            : cat([.. Enumerable.Range(-slices, (2 * slices) + 1).Select(shift => Gather.Along(wide, (int)AxisKind.Z, part.Z, stack.Depth, z.Start + shift, z.Length))], 1);
        var samples = TensorLayout.ToSamples(block, _input);
        using var together = visit?.Run(TensorLayout.ToInput(samples, _input), cancellation);
        var made = together is null
            ? cat([.. Enumerable.Range(0, (int)samples.shape[0]).Select(i => Sample(samples.narrow(0, i, 1)))], 0)
            : TensorLayout.FromOutput(together, _output);
        var volume = TensorLayout.ToVolume(made, _output, _input, [1, 1, z.Length, y.Length, x.Length]);
        if (volume.shape[1] != 1 || volume.shape[2] != z.Length || volume.shape[3] != y.Length || volume.shape[4] != x.Length)
        {
            throw new InferenceException(InferenceError.ShapeMismatch, $"{model.Description.File}:{_output.Path}.axes",
                $"{model.Description.File}: {_output.Path} came as {string.Join('×', volume.shape)} (t×c×z×y×x) for a block of 1×1×{z.Length}×{y.Length}×{x.Length}; accepted: the size that its axes state.");
        }

        return volume.narrow(2, z.First - z.Start, z.End - z.First).narrow(3, y.First - y.Start, y.End - y.First).narrow(4, x.First - x.Start, x.End - x.First);
    }

    private Tensor Sample(Tensor sample) => TensorLayout.FromOutput(model.Forward(device, [TensorLayout.ToInput(sample, _input)])[0], _output);

    private void Check(Tensor core)
    {
        if (!core.isfinite().all().item<bool>())
        {
            _warnings.Add("The package's network gave values that are not finite.");
        }
    }
}

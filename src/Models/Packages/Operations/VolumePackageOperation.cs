using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>
/// A package that cannot be streamed through: several tensors, several channels that belong together, results of other sizes,
/// or steps that need all of the network's output. Its images are held whole in the server; the network still gets blocks.
/// </summary>
internal sealed class VolumePackageOperation(string id, PackageModel model) : IDeviceVolumeOperation
{
    // An input as tensor and what its steps make of it; an output, what its steps make of it, and the joined result.
    private const int InputCopies = 4;
    private const int OutputCopies = 5;

    private readonly PackageDescription _description = model.Description;

    public OperationDeclaration Declaration { get; } = PackageDeclaration.Of(id, model.Description);

    public VolumeJobPlan Plan(TensorJobRequest request)
    {
        var sizes = PackageSizes.Check(_description, model.Traits, request);
        var outputs = PackageSizes.Outputs(_description, sizes);
        var result = Result(request, outputs);
        var blocks = Blocks(sizes, outputs, request.DeviceBytes);
        var bytes = checked(blocks.Voxels * model.Traits.BytesPerVoxel);
        if (bytes > request.DeviceBytes)
        {
            throw new InferenceException(InferenceError.DeviceOutOfMemory, InputRole.ImageName,
                $"The package's network takes about {bytes} bytes for a block of {blocks.Z}×{blocks.Y}×{blocks.X} (z×y×x); accepted by this server: {request.DeviceBytes}.");
        }

        var elements = (InputCopies * sizes.Values.Sum(Elements)) + (OutputCopies * outputs.Values.Sum(Elements));
        return new VolumeJobPlan(result, PackageSizes.Calibration(request.Image, sizes[_description.Inputs[0].Id], result))
        {
            WorkingBytes = checked(elements * sizeof(float)),
            DeviceBytes = bytes,
        };
    }

    public VolumeJobResult Run(
        TensorJobRequest request, MemoryVolume? image, IReadOnlyDictionary<string, MemoryVolume> auxiliaries, CancellationToken cancellation)
    {
        using var cpu = new UnsharedCpu(cancellation);
        return Run(request, image!, auxiliaries, cpu);
    }

    public VolumeJobResult Run(
        TensorJobRequest request, MemoryVolume image, IReadOnlyDictionary<string, MemoryVolume> auxiliaries, IVolumeJobHost host)
    {
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        var sizes = PackageSizes.Check(_description, model.Traits, request);
        var outputs = PackageSizes.Outputs(_description, sizes);
        var raw = _description.Inputs.Select((input, i) => (input.Id, Tensor: Load(i == 0 ? image : Auxiliary(auxiliaries, i), PackageDeclaration.InputName(_description, i))))
            .ToDictionary(pair => pair.Id, pair => pair.Tensor);
        var prepared = _description.Inputs.Select(input => Steps(input, raw[input.Id], raw)).ToArray();
        var run = new VolumePackageRun(model, Blocks(sizes, outputs, request.DeviceBytes), sizes[_description.Inputs[0].Id], PackageSizes.AreBlocks(_description, sizes, outputs), host);
        var made = run.Compute(prepared, outputs);
        foreach (var (output, tensor) in _description.Outputs.Zip(made))
        {
            raw[output.Id] = tensor;
        }

        var finished = _description.Outputs.Select(output => Steps(output, raw[output.Id], raw).to_type(ScalarType.Float32)).ToArray();
        var chosen = Choice(request) is var choice and not PackageDeclaration.AllOutputs
            ? finished[_description.Outputs.ToList().FindIndex(output => output.Id == choice)]
            : cat(finished, 1);
        return new VolumeJobResult(ToVolume(chosen.contiguous(), PackageSizes.Calibration(request.Image, sizes[_description.Inputs[0].Id], Result(request, outputs))))
        {
            Warnings = chosen.isfinite().all().item<bool>() ? [] : ["The package's network gave values that are not finite."],
        };
    }

    private static long Elements(long[] sizes) => sizes.Aggregate(1L, (n, size) => checked(n * size));

    private static Tensor Steps(TensorDescription tensor, Tensor values, IReadOnlyDictionary<string, Tensor> others)
    {
        // Channels of a package that knows none are images of their own; its planes and frames are one image.
        var context = new StepContext(TensorLayout.Missing(tensor).Where(kind => kind != AxisKind.Channel).ToHashSet(), others);
        return tensor.Steps.Aggregate(values, (current, step) => step.Apply(current, context));
    }

    private static Tensor Load(MemoryVolume volume, string name)
    {
        var values = tensor(volume.ToSingles(), TensorLayout.Sizes(volume.Info.Shape));
        return values.isfinite().all().item<bool>() ? values : throw new InferenceException(InferenceError.ValueNotFinite, name,
            $"Input {name} holds values that are not finite; accepted: finite values within float32's range.");
    }

    private static MemoryVolume ToVolume(Tensor values, Calibration calibration)
    {
        var s = values.shape;
        return MemoryVolume.FromSingles(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(values.bytes),
            new VolumeShape((int)s[0], (int)s[1], (int)s[2], (int)s[3], (int)s[4]), calibration);
    }

    private MemoryVolume Auxiliary(IReadOnlyDictionary<string, MemoryVolume> auxiliaries, int index) =>
        auxiliaries[PackageDeclaration.InputName(_description, index)];

    private string Choice(TensorJobRequest request) =>
        _description.Outputs.Count == 1 ? _description.Outputs[0].Id : request.Parameters.Choice(PackageDeclaration.OutputParameter);

    private BlockSizes Blocks(IReadOnlyDictionary<string, long[]> sizes, IReadOnlyDictionary<string, long[]> outputs, long deviceBytes) =>
        PackageSizes.AreBlocks(_description, sizes, outputs)
            ? BlockSizes.For(model.Traits, sizes[_description.Inputs[0].Id], deviceBytes)
            : BlockSizes.Whole(model.Traits, sizes[_description.Inputs[0].Id]);

    private VolumeShape Result(TensorJobRequest request, IReadOnlyDictionary<string, long[]> outputs)
    {
        var chosen = Choice(request) is var choice and not PackageDeclaration.AllOutputs ? [outputs[choice]] : outputs.Values.ToArray();
        var first = chosen[0];
        if (chosen.Any(sizes => !sizes.Where((_, i) => i != (int)AxisKind.Channel).SequenceEqual(first.Where((_, i) => i != (int)AxisKind.Channel))))
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, $"parameters.{PackageDeclaration.OutputParameter}",
                $"The package's outputs differ in size, {string.Join(", ", outputs.Select(output => $"{output.Key} {string.Join('×', output.Value)}"))} (t×c×z×y×x); accepted: the name of one of them.");
        }

        return new VolumeShape((int)first[0], checked((int)chosen.Sum(sizes => sizes[1])), (int)first[2], (int)first[3], (int)first[4]);
    }
}

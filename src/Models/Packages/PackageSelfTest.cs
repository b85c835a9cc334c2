using System.Globalization;
using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>Feeds a package's test inputs to its operation, as volumes, and compares what comes back.</summary>
internal static class PackageSelfTest
{
    public static IReadOnlyList<SelfTestResult> Run(ModelPackage package, IVolumeJobHost host)
    {
        var description = package.Model.Description;
        using var scope = NewDisposeScope();
        var inputs = description.Inputs.Select((input, i) =>
            (Name: PackageDeclaration.InputName(description, i), Volume: Volume(Read(package, input), input, description.Bridge.ChannelsAreSlices))).ToArray();
        return [.. description.Outputs.Select(output => Compare(description, output, Output(package, output, inputs, host), Read(package, output)))];
    }

    private static Tensor Read(ModelPackage package, TensorDescription tensor)
    {
        var description = package.Model.Description;
        if (tensor.TestTensor is not { } file)
        {
            throw new InferenceException(InferenceError.FileFormatInvalid, $"{description.File}:{tensor.Path}",
                $"{description.File}: {tensor.Path} has no test tensor; accepted: one for every input and output.");
        }

        var values = Array(package.Model.Folder.Verified(file, description.File), $"{description.File}:{file.Field}");
        return values.shape.Length == tensor.Axes.Count ? values : throw new InferenceException(InferenceError.FileFormatInvalid, $"{description.File}:{file.Field}",
            $"{file.Source} has {values.shape.Length} axes; accepted by {description.File}: {tensor.Axes.Count}, as {tensor.Path} states.");
    }

    private static Tensor Array(string path, string field)
    {
        try
        {
            return NpyFile.Read(path);
        }
        catch (InferenceException fault)
        {
            throw new InferenceException(fault.Error, field, fault.Message, fault);
        }
    }

    // The first sample of a batch, along time, channel, z, y, x.
    private static Tensor Canonical(Tensor values, TensorDescription tensor)
    {
        var sample = TensorLayout.FromOutput(values, tensor).narrow(0, 0, 1);
        return TensorLayout.ToVolume(sample, tensor, tensor, [1, 1, 1, 1, 1]).contiguous();
    }

    private static MemoryVolume Volume(Tensor values, TensorDescription tensor, bool slices)
    {
        var canonical = Canonical(values, tensor);
        canonical = slices ? canonical.transpose(1, 2).contiguous() : canonical;
        var s = canonical.shape;
        return MemoryVolume.FromSingles(canonical.data<float>().ToArray(), new VolumeShape((int)s[0], (int)s[1], (int)s[2], (int)s[3], (int)s[4]));
    }

    private static float[] Output(ModelPackage package, TensorDescription output, (string Name, MemoryVolume Volume)[] inputs, IVolumeJobHost host)
    {
        var declarations = package.TestOperation.Declaration.Parameters;
        var given = declarations.Where(parameter => parameter.Name == PackageDeclaration.OutputParameter).ToDictionary(parameter => parameter.Name, _ => (object)output.Id);
        var auxiliaries = inputs.Skip(1).ToDictionary(input => input.Name, input => input.Volume);
        var request = new TensorJobRequest(ParameterSet.Create(declarations, given), inputs[0].Volume.Info, auxiliaries.ToDictionary(a => a.Key, a => a.Value.Info));
        if (package.TestOperation is IDeviceVolumeOperation volumes)
        {
            volumes.Plan(request);
            return volumes.Run(request, inputs[0].Volume, auxiliaries, host).Volume.ToSingles();
        }

        var operation = (ITensorOperation)package.TestOperation;
        var image = inputs[0].Volume;
        var shape = image.Info.Shape;
        var plan = operation.Plan(request);
        var values = image.ToSingles();
        var planePixels = checked((int)shape.PlaneElementCount);
        while (plan.FirstPass is { NeedsReading: true } pass)
        {
            for (var plane = 0; plane < shape.PlaneCount; plane++)
            {
                pass.Add(shape.PlaneAt(plane).C, values.AsSpan(plane * planePixels, planePixels));
            }

            pass.EndReading();
        }

        using var job = operation.Start(new TensorJobContext(request, auxiliaries, null, host.Device) { FirstPass = plan.FirstPass });
        using var turn = host.TakeTurn();
        using var tile = tensor(values, [shape.Depth, shape.Height, shape.Width]).to(host.Device);
        using var result = job.Process(tile, host.Cancellation).to(CPU);


        // Where channels are slices, the stated output is that of the middle one.
        return (package.Model.Description.Bridge.ChannelsAreSlices ? result.narrow(0, shape.Depth / 2, 1) : result).contiguous().data<float>().ToArray();
    }

    private static SelfTestResult Compare(PackageDescription description, TensorDescription output, float[] got, Tensor stated)
    {
        var expected = Canonical(stated, output).data<float>().ToArray();
        if (expected.Length != got.Length)
        {
            return new SelfTestResult(output.Id, false, double.NaN, $"{output.Id} has {got.Length} elements; accepted: {expected.Length}, as its test tensor has.");
        }

        var tolerance = description.Tolerance;
        var (largest, off) = (0.0, 0L);
        for (var i = 0; i < got.Length; i++)
        {
            var difference = Math.Abs((double)got[i] - expected[i]);
            largest = double.IsNaN(difference) ? double.NaN : Math.Max(largest, difference);
            off += difference <= tolerance.Absolute + (tolerance.Relative * Math.Abs(expected[i])) ? 0 : 1;
        }

        var allowed = tolerance.MismatchedPerMillion * got.Length / 1e6;
        return new SelfTestResult(output.Id, off <= allowed, largest, string.Create(CultureInfo.InvariantCulture,
            $"{output.Id} differs by at most {largest:g3}; {off} of {got.Length} elements are off by more than {tolerance.Absolute:g3} + {tolerance.Relative:g3} × the stated value; accepted: {allowed:f0}."));
    }
}

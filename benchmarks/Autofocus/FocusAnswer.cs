using InferenceBridge.Imaging;
using InferenceBridge.Models;
using TorchSharp;

namespace InferenceBridge.Benchmarks.Autofocus;

/// <summary>What an operation says of a frame.</summary>
/// <param name="Likely">Most likely class in µm.</param>
/// <param name="LikelyDistance">Most likely distance in µm.</param>
/// <param name="Distance">Estimated distance in µm.</param>
/// <param name="SignKnown">Whether it says which side.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="OutOfRange">Whether it says that focus is farther than the classes reach.</param>
/// <param name="Defocus">Estimated defocus in µm; the distance on the likelier side where the sign is open.</param>
internal sealed record FocusAnswer(double Likely, double LikelyDistance, double Distance, bool SignKnown, double Confidence, bool OutOfRange, double Defocus)
{
    /// <summary>Asks an operation about frames of one microscope.</summary>
    public static IReadOnlyList<FocusAnswer> Of(IFrameOperation operation, FocusOptics told, IReadOnlyList<MemoryVolume> frames)
    {
        var declared = operation.Declaration.Parameters.Select(parameter => parameter.Name).ToHashSet();
        var given = new Dictionary<string, object>
        {
            ["na"] = told.NumericalAperture, ["wavelength"] = told.WavelengthNm, ["index"] = told.ImmersionIndex, ["spherical"] = told.SphericalWaves,
            ["sample_index"] = told.SampleIndex ?? 1.33, ["depth"] = Math.Max(0, told.DepthMicrometres),
        };
        var parameters = ParameterSet.Create(operation.Declaration.Parameters, given.Where(entry => declared.Contains(entry.Key)).ToDictionary());
        var request = new FrameJobRequest(parameters, frames[0].Info, new Dictionary<string, VolumeInfo>());
        var plan = operation.Plan(request);
        var result = new VolumeInfo(plan.Result, PixelType.Float32);
        using var job = operation.Start(new FrameJobContext(request, new Dictionary<string, MemoryVolume>(), result, torch.CPU));
        return [.. frames.Select((frame, i) =>
        {
            var task = new FrameTask(i, frame.Plane(0), new byte[result.TotalBytes]);
            job.Process([task], CancellationToken.None);
            return Read(task.Numbers);
        })];
    }

    private static FocusAnswer Read(Dictionary<string, double> numbers)
    {
        double Number(string name) => numbers.GetValueOrDefault(name);
        var likely = Number("likely_um");
        return new FocusAnswer(likely, Number("likely_distance_um"), Number("distance_um"), Number("sign_known") > 0, Number("confidence"), Number("out_of_range") > 0,
            numbers.TryGetValue("defocus_um", out var defocus) ? defocus : Number("distance_um") * (Number("probability_above") >= 0.5 ? 1 : -1));
    }
}

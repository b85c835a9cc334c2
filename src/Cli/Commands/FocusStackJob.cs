using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>One focal stack through an operation of autofocus.</summary>
internal sealed record FocusStackJob(string Operation, string Input)
{
    private const string MetricParameter = "metric";

    /// <summary>Metric that decides; null for the operation's default.</summary>
    public string? Metric { get; init; }

    /// <summary>Distance of planes in µm; null takes the file's.</summary>
    public double? Step { get; init; }

    /// <summary>Side of a pixel in µm; null takes the file's.</summary>
    public double? PixelSize { get; init; }

    /// <summary>CSV to write; null for none.</summary>
    public string? Scores { get; init; }

    /// <summary>PNG to write; null for none.</summary>
    public string? Report { get; init; }

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Refuses files that cannot be read or written, before anything is started.</summary>
    public void CheckFiles()
    {
        using (PlaneFiles.Open(Input))
        {
            OutputFile.CheckDistinct([Input], ("scores", Scores), ("report", Report));
        }

        if (Report is not null && !Report.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
        {
            throw new InferenceException(InferenceError.UsageInvalid, "report", $"--report is {Report}; accepted: the name of a PNG file, ending in .png.");
        }

        foreach (var path in new[] { Scores, Report }.OfType<string>())
        {
            OutputFile.CheckWritable(path);
        }
    }

    /// <summary>Scores the planes, and writes the files that were asked for.</summary>
    public async Task<FocusStack> RunAsync(InferenceBridgeClient client, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        var declaration = await client.DescribeOperationAsync(Operation, cancellation);
        using var file = PlaneFiles.Open(Input);
        using var sized = PixelSize is { } side ? new SizedPixels(file, side) : file;
        using var movie = FramesOfSlices.Applies(sized.Info) ? new FramesOfSlices(sized) : sized;
        var planes = new SortedDictionary<long, IReadOnlyDictionary<string, double>>();
        var request = new RunRequest(Operation)
        {
            Parameters = ReadParameters(declaration),
            FrameNumbers = (frame, numbers) => planes[frame] = numbers,
        };
        var result = await RunAsync(client, movie, request, progress, cancellation);
        var metrics = declaration.FindParameter(MetricParameter).Choices.Select(choice => choice.Value).ToArray();
        var decisive = result.Summary.Parameters.TryGetValue(MetricParameter, out var chosen) ? chosen.ToString() : metrics[0];
        var stack = new FocusStack(Path.GetFileName(Path.TrimEndingDirectorySeparator(Input)), result.Summary, Positions(file.Info), metrics, decisive, [.. planes.Values]) { Files = (file as PlaneFiles)?.Names ?? [] };
        if (Scores is not null)
        {
            FocusTable.Write(Scores, stack);
        }

        if (Report is not null)
        {
            FocusPicture.Write(Report, stack, movie, Channel(result.Summary));
        }

        return stack;
    }

    // What asks for a pixel size does not know that it can be given here.
    private async Task<RunResult> RunAsync(InferenceBridgeClient client, IVolumeReader movie, RunRequest request, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            return await client.RunAsync(movie, request, progress, cancellation);
        }
        catch (InferenceException fault) when (fault.Field == "image.calibration" && PixelSize is null && !movie.Info.Calibration.VoxelSizeMicrometres.HasValue)
        {
            throw new InferenceException(fault.Error, "pixel-size", $"{Input} has no pixel size (its unit is \"{movie.Info.Calibration.Unit}\"), and {Operation} needs it; accepted: --pixel-size UM, or a calibrated file.", fault);
        }
    }

    private static int Channel(RunSummary summary) => summary.Parameters.TryGetValue("channel", out var given) && given.Value is long number ? (int)number : 0;

    private Dictionary<string, ParameterValue> ReadParameters(OperationInfo declaration)
    {
        var texts = new Dictionary<string, string>(Parameters);
        if (Metric is not null && !texts.TryAdd(MetricParameter, Metric))
        {
            throw new InferenceException(InferenceError.UsageInvalid, MetricParameter, "--metric and -p metric=NAME are both given; accepted: one of them.");
        }

        return texts.ToDictionary(given => given.Key, given => ParameterValue.Parse(declaration.FindParameter(given.Key), given.Value));
    }

    // Files tell the distance of slices; that of frames is a time.
    private FocusPositions Positions(VolumeInfo info)
    {
        var known = FramesOfSlices.Applies(info) && info.Calibration.VoxelSizeMicrometres is { Z: > 0 } size ? size.Z : (double?)null;
        return new FocusPositions(Step ?? known);
    }
}

/// <summary>Where the planes of a stack lie: at multiples of a step, from 0.</summary>
/// <param name="Step">In µm; null where it is not known, and positions are plane numbers.</param>
internal sealed record FocusPositions(double? Step)
{
    /// <summary>What positions are counted in.</summary>
    public string Unit => Step is null ? "planes" : "µm";

    /// <summary>Position of a plane.</summary>
    public double Of(double plane) => plane * (Step ?? 1);
}

using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>One file through one operation.</summary>
internal sealed record RunJob(string Operation, string Input, string Output)
{
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Auxiliaries { get; init; } = new Dictionary<string, string>();

    public PixelType? OutputType { get; init; }

    public TimeSpan? Timeout { get; init; }

    /// <summary>CSV for what was found for each frame; null for none.</summary>
    public string? Shifts { get; init; }

    /// <summary>TIFF for the displacement fields; null for none.</summary>
    public string? Fields { get; init; }

    /// <summary>Told what was found for each frame, from frame 0 again where the job is repeated; null tells nobody.</summary>
    public Action<long, IReadOnlyDictionary<string, double>>? OnFrame { get; init; }

    /// <summary>Whether slices of a file with one time point are frames.</summary>
    public bool SlicesAreFrames { get; init; }

    public TiffWriteOptions OutputOptions { get; init; } = new();

    /// <summary>Refuses files that cannot be read or written, before anything is started.</summary>
    /// <returns>What was done to pixels or axes of the inputs, or left out of them, each with the file's name.</returns>
    public IReadOnlyList<string> CheckFiles()
    {
        var notes = new List<string>();
        foreach (var path in Auxiliaries.Values.Prepend(Input))
        {
            using var volume = VolumeFile.OpenRead(path);
            notes.AddRange(volume.Format.Notes.Select(note => $"{path}: {note}"));
        }

        OutputFile.CheckWritable(Output);
        OutputFile.CheckDistinct([.. Auxiliaries.Values, Input, Output], ("fields", Fields), ("shifts", Shifts));
        foreach (var path in new[] { Fields, Shifts }.OfType<string>())
        {
            OutputFile.CheckWritable(path);
        }

        return notes;
    }

    public async Task<RunSummary> RunAsync(InferenceBridgeClient client, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        var declaration = await client.DescribeOperationAsync(Operation, cancellation);
        var parameters = Parameters.ToDictionary(
            given => given.Key, given => ParameterValue.Parse(declaration.FindParameter(given.Key), given.Value));
        CheckAuxiliaries(declaration);
        using var table = Shifts is null ? null : new FrameTable(Shifts);
        var readers = new Dictionary<string, IVolumeReader>();
        try
        {
            foreach (var (name, path) in Auxiliaries)
            {
                readers.Add(name, VolumeFile.OpenRead(path));
            }

            var request = new RunRequest(Operation)
            {
                Parameters = parameters, Auxiliaries = readers, OutputPixelType = OutputType, Timeout = Timeout, SideOutputs = SideOutputs(),
                FrameNumbers = table is null && OnFrame is null ? null : (frame, numbers) =>
                {
                    table?.Add(frame, numbers);
                    OnFrame?.Invoke(frame, numbers);
                },
            };
            var summary = await SendAsync(client, request, progress, cancellation);
            table?.Complete();
            return summary;
        }
        finally
        {
            foreach (var reader in readers.Values)
            {
                reader.Dispose();
            }
        }
    }

    private async Task<RunSummary> SendAsync(
        InferenceBridgeClient client, RunRequest request, IProgress<RunProgress>? progress, CancellationToken cancellation)
    {
        using (var file = VolumeFile.OpenRead(Input))
        {
            if (SlicesAreFrames && FramesOfSlices.Applies(file.Info))
            {
                using var movie = new FramesOfSlices(file);
                return await client.RunAsync(movie, info => VolumeFile.Create(Output, info, OutputOptions), request, progress, cancellation);
            }
        }

        return await client.RunAsync(Input, Output, request, OutputOptions, progress, cancellation);
    }

    private Dictionary<string, Func<VolumeInfo, IVolumeWriter>> SideOutputs()
    {
        var sides = new Dictionary<string, Func<VolumeInfo, IVolumeWriter>>();
        if (Fields is not null)
        {
            sides[DisplacementFields.Name] = info => DisplacementFields.Create(Fields, info, OutputOptions);
        }

        return sides;
    }

    private void CheckAuxiliaries(OperationInfo declaration)
    {
        // The first input is the image.
        var declared = declaration.Inputs.Skip(1).ToList();
        if (Auxiliaries.Keys.FirstOrDefault(name => declared.All(input => input.Name != name)) is { } unknown)
        {
            throw new InferenceException(InferenceError.InputUnexpected, unknown,
                $"{Operation} takes no auxiliary volume {unknown}; accepted: {(declared.Count == 0 ? "none" : string.Join(", ", declared.Select(input => input.Name)))}.");
        }

        if (declared.Find(input => input.IsRequired && !Auxiliaries.ContainsKey(input.Name)) is { } missing)
        {
            throw new InferenceException(InferenceError.InputMissing, missing.Name,
                $"{Operation} needs the auxiliary volume {missing.Name}, which is not given; accepted: --aux {missing.Name}=FILE.");
        }
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>One movie through a frame stream.</summary>
internal sealed record StreamJob(string Movie, string Operation)
{
    /// <summary>Frames a second; 0 for as fast as they are taken.</summary>
    public double Rate { get; init; }

    public string? Output { get; init; }

    public string? Shifts { get; init; }

    public string? Fields { get; init; }

    public FrameDropPolicy DropPolicy { get; init; }

    public int? QueueLength { get; init; }

    /// <summary>Position of the stage at the first frame, in µm; null where it is not told.</summary>
    public double? Z { get; init; }

    /// <summary>Its move from frame to frame, in µm.</summary>
    public double ZStep { get; init; }

    public string? StateIn { get; init; }

    public string? StateOut { get; init; }

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public TiffWriteOptions OutputOptions { get; init; } = new();

    public async Task<StreamReport> RunAsync(InferenceBridgeClient client, CancellationToken cancellation)
    {
        OutputFile.CheckDistinct([Movie], ("out", Output), ("shifts", Shifts), ("fields", Fields), ("state-out", StateOut));
        using var file = VolumeFile.OpenRead(Movie);
        using IVolumeReader movie = FramesOfSlices.Applies(file.Info) ? new FramesOfSlices(file) : file;
        var frame = movie.Info with { Shape = movie.Info.Shape with { Frames = 1 } };
        var declaration = await client.DescribeOperationAsync(Operation, cancellation);
        using var sink = Output is null ? null : new FrameSink(Output);
        using var fields = Fields is null ? null : new FrameSink(Fields);
        using var table = Shifts is null ? null : new FrameTable(Shifts);
        await using var stream = client.OpenFrameStream(new FrameStreamRequest(Operation, frame)
        {
            Parameters = Parameters.ToDictionary(given => given.Key, given => ParameterValue.Parse(declaration.FindParameter(given.Key), given.Value)),
            DropPolicy = DropPolicy,
            QueueLength = QueueLength,
            SideOutputs = Fields is null ? [] : [DisplacementFields.Name],
            State = StateIn is null ? default : await ReadStateAsync(StateIn, cancellation),
        }, cancellation);
        var sent = new ConcurrentDictionary<long, long>();
        var report = new StreamReport();
        var sending = SendAsync(stream, movie, frame, sent, cancellation);
        await foreach (var result in stream.ReadResultsAsync(cancellation))
        {
            report.Answered(Stopwatch.GetElapsedTime(sent[result.Id]), result);
            sink?.Add(result.Pixels.Span);
            fields?.Add(result.SideOutputs[DisplacementFields.Name].Span);
            table?.Add(result.Id, result.Numbers);
        }

        var state = await sending;
        var info = await stream.Opened;
        report.Ended(await stream.Completion);
        sink?.Complete(info.Result, OutputOptions);
        fields?.Complete(DisplacementFields.Named(info.SideOutputs.GetValueOrDefault(DisplacementFields.Name, info.Result)), OutputOptions);
        table?.Complete();
        if (StateOut is not null)
        {
            OutputFile.CheckWritable(StateOut);
            await File.WriteAllBytesAsync(StateOut, state!, cancellation);
        }

        return report;
    }

    private static async Task<byte[]> ReadStateAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllBytesAsync(path, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InferenceException(InferenceError.FileUnreadable, "state-in", $"State {path} cannot be read: {e.Message}", e);
        }
    }

    private async Task<byte[]?> SendAsync(
        FrameStream stream, IVolumeReader movie, VolumeInfo frame, ConcurrentDictionary<long, long> sent, CancellationToken cancellation)
    {
        // The clock of the instrument starts when the server takes frames.
        await stream.Opened.WaitAsync(cancellation);
        var start = Stopwatch.GetTimestamp();
        for (var t = 0; t < movie.Info.Shape.Frames; t++)
        {
            var pixels = new byte[frame.TotalBytes];
            for (var i = 0; i < frame.Shape.PlaneCount; i++)
            {
                movie.ReadRows((t * frame.Shape.PlaneCount) + i, 0, frame.Shape.Height, pixels.AsSpan(i * (int)frame.PlaneBytes, (int)frame.PlaneBytes));
            }

            var due = Rate > 0 ? TimeSpan.FromSeconds(t / Rate) : TimeSpan.Zero;
            if (due - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, cancellation);
            }

            sent[t] = Stopwatch.GetTimestamp();
            await stream.SendAsync(new Frame(t, pixels) { TimestampSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds, ZMicrometres = Z + (t * ZStep) }, cancellation);
        }

        var state = StateOut is null ? null : await stream.ExportStateAsync(cancellation);
        await stream.CompleteAsync();
        return state;
    }
}

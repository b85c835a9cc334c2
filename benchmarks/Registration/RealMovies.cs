using System.Globalization;
using InferenceBridge.Benchmarks.Denoising;
using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Registration;

/// <summary>Movies of two-photon calcium imaging, of a cell that drifts, and one without motion.</summary>
internal sealed class RealMovies(InferenceBridgeClient client, string folder)
{
    private readonly MemoryVolume _twoPhoton = Movie(Path.Combine(folder, "two_photon_noisy", "example.tif"));
    private readonly MemoryVolume _calcium = Movie(Directory.GetFiles(Path.Combine(folder, "calcium_movie"), "*.tif").Order(StringComparer.Ordinal).First());
    private readonly MemoryVolume _drift = Movie(Path.Combine(folder, "drift", "pc12-unreg.tif"));

    public WarpedSet CalciumSet() => WarpedSet.MeanOf("calcium", _calcium);

    public async Task<WarpedSet> TwoPhotonSetAsync(CancellationToken cancellation) =>
        WarpedSet.MeanOf("two_photon_mean", (await RunAsync("rigid", _twoPhoton, cancellation)).Volume);

    public async Task MeasureAsync(IReadOnlyList<string> names, List<Figure> figures, Action<string> log, CancellationToken cancellation)
    {
        foreach (var (movie, set) in new[] { (_twoPhoton, "two_photon"), (_drift, "drift") })
        {
            var before = Quality(movie);
            var control = Quality(HalfPixel(movie));
            Tell(figures, log, set, "before", before);
            Tell(figures, log, set, "control", control);
            foreach (var name in names)
            {
                var after = Quality((await RunAsync(name, movie, cancellation)).Volume);
                var figure = RegistrationOperations.FigureName(name);
                Tell(figures, log, set, figure, after);
                figures.AddRange(
                [
                    new($"{set}_{figure}_crispness_over_control", after.Crispness / Math.Max(before.Crispness, control.Crispness)),
                    new($"{set}_{figure}_correlation_less_control", after.Correlation - Math.Max(before.Correlation, control.Correlation)),
                ]);
            }
        }

        // Nothing moves here: what is found is error.
        foreach (var name in names)
        {
            await StillAsync(name, figures, log, cancellation);
        }

        await TracesAsync("calcium_shifted", new CalciumTraces(_calcium, isRigid: true), names, figures, log, cancellation);
        await TracesAsync("calcium_warped", new CalciumTraces(_calcium, isRigid: false), names, figures, log, cancellation);
    }

    private static MemoryVolume Movie(string path)
    {
        using var stack = DenoisingSet.Plane(path);
        var shape = stack.Info.Shape;
        return MemoryVolume.FromSingles(stack.ToSingles(), new VolumeShape(shape.Depth, 1, 1, shape.Height, shape.Width));
    }

    private static SmoothedQuality Quality(MemoryVolume movie) => SmoothedQuality.Of(movie.ToSingles(), movie.Info.Shape.Height, movie.Info.Shape.Width);

    // Every frame by half a pixel along both axes, bilinear.
    private static MemoryVolume HalfPixel(MemoryVolume movie)
    {
        var (shape, values) = (movie.Info.Shape, movie.ToSingles());
        var size = (int)shape.PlaneElementCount;
        var moved = new float[values.Length];
        for (var i = 0; i < moved.Length; i++)
        {
            var (t, row, column) = (i / size, i % size / shape.Width, i % shape.Width);
            var (other, beside) = (Math.Min(row + 1, shape.Height - 1), Math.Min(column + 1, shape.Width - 1));
            float At(int r, int c) => values[(t * size) + (r * shape.Width) + c];
            moved[i] = (At(row, column) + At(row, beside) + At(other, column) + At(other, beside)) / 4;
        }

        return MemoryVolume.FromSingles(moved, shape);
    }

    private static void Tell(List<Figure> figures, Action<string> log, string set, string method, SmoothedQuality quality)
    {
        figures.AddRange([new($"{set}_{method}_crispness", quality.Crispness), new($"{set}_{method}_correlation", quality.Correlation)]);
        log(string.Create(CultureInfo.InvariantCulture, $"{set}, {method}: crispness {quality.Crispness:0.0}, correlation {quality.Correlation:0.0000}"));
    }

    private async Task TracesAsync(
        string set, CalciumTraces traces, IReadOnlyList<string> names, List<Figure> figures, Action<string> log, CancellationToken cancellation)
    {
        Tell("before", traces.Moved);
        foreach (var name in names)
        {
            Tell(RegistrationOperations.FigureName(name), (await RunAsync(name, traces.Moved, cancellation)).Volume);
        }

        void Tell(string method, MemoryVolume movie)
        {
            var (least, mean) = traces.Correlate(movie);
            figures.AddRange([new($"{set}_{method}_trace_least", least), new($"{set}_{method}_trace_mean", mean)]);
            log(string.Create(CultureInfo.InvariantCulture, $"{set}, {method}: traces of ten cells correlate {least:0.000} at least, {mean:0.000} in the mean"));
        }
    }

    private async Task StillAsync(string name, List<Figure> figures, Action<string> log, CancellationToken cancellation)
    {
        var shifts = new Samples("shift", "px");
        MemoryVolume? field = null;
        var request = new RunRequest($"register/{name}")
        {
            FrameNumbers = (_, numbers) => shifts.Add(Math.Sqrt((numbers["shift_y"] * numbers["shift_y"]) + (numbers["shift_x"] * numbers["shift_x"]))),
            SideOutputs = new Dictionary<string, Func<VolumeInfo, IVolumeWriter>> { ["displacement"] = info => field = new MemoryVolume(info) },
        };
        await client.RunAsync(_calcium, request, cancellation: cancellation);
        var size = (int)_calcium.Info.Shape.PlaneElementCount;
        var mean = field!.ToSingles().Chunk(2 * size).Average(frame => Enumerable.Range(0, size).Average(i => Math.Sqrt((frame[i] * frame[i]) + (frame[size + i] * frame[size + i]))));
        var figure = RegistrationOperations.FigureName(name);
        figures.AddRange([new($"calcium_still_{figure}_shift_median", shifts.Median, "px"), new($"calcium_still_{figure}_shift_max", shifts.Percentile(1), "px"), new($"calcium_still_{figure}_field_mean", mean, "px")]);
        log(string.Create(CultureInfo.InvariantCulture, $"calcium without motion, {name}: shifts median {shifts.Median:0.000}, largest {shifts.Percentile(1):0.000} px; mean of the field {mean:0.000} px"));
    }

    private Task<RunResult> RunAsync(string name, MemoryVolume movie, CancellationToken cancellation) =>
        client.RunAsync(movie, new RunRequest($"register/{name}"), cancellation: cancellation);
}

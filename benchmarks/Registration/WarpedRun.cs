using System.Globalization;
using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Registration;

/// <summary>One set at one number of photons through every method.</summary>
internal sealed class WarpedRun
{
    // TV-L1 takes as long as all others together.
    private const int TvEvery = 3;

    private static readonly string[] PeerMethods = ["phase", "ilk", "tvl1"];

    private readonly WarpedSet _set;
    private readonly string _name;
    private readonly float[][] _frames;
    private readonly InferenceBridgeClient _client;
    private readonly List<Figure> _figures;
    private readonly Action<string> _log;
    private readonly Dictionary<string, (EndPointError Error, double Seconds)> _ours = [];

    public WarpedRun(WarpedSet set, double photons, InferenceBridgeClient client, List<Figure> figures, Action<string> log)
    {
        (_set, _client, _figures, _log) = (set, client, figures, log);
        _name = string.Create(CultureInfo.InvariantCulture, $"{set.Name}_{photons}");
        _frames = [.. set.Images.Select((image, number) => image.Noisy(photons, new SeededRandom((ulong)number, stream: 2)))];
        Tell("none", EndPointError.MeanOf([.. set.Images.Select(image => EndPointError.Of(image, new float[2 * image.Y.Length]))]), null);
    }

    public async Task OursAsync(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        foreach (var name in names)
        {
            // Once to warm up.
            await EstimateAsync(name, _set.Images[0], _frames[0], cancellation);
            var (errors, seconds) = (new List<EndPointError>(), 0d);
            for (var i = 0; i < _frames.Length; i++)
            {
                var (found, took) = await EstimateAsync(name, _set.Images[i], _frames[i], cancellation);
                errors.Add(EndPointError.Of(_set.Images[i], found));
                seconds += took / _frames.Length;
            }

            var figure = RegistrationOperations.FigureName(name);
            _ours[figure] = (EndPointError.MeanOf(errors), seconds);
            Tell(figure, _ours[figure].Error, seconds);
            _figures.Add(new($"{_name}_{figure}_edge_over_textured", _ours[figure].Error.Edge / _ours[figure].Error.Textured));
        }
    }

    public void Peers(Dictionary<string, string> versions, CancellationToken cancellation)
    {
        foreach (var method in PeerMethods)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] numbers = [.. Enumerable.Range(0, _frames.Length).Where(i => method != "tvl1" || i % TvEvery == 0)];
            var shape = new VolumeShape(2 * numbers.Length, _set.Images[0].Height, _set.Images[0].Width);
            using var pairs = new RawFile([.. numbers.SelectMany(i => _set.Images[i].Reference.Concat(_frames[i]))]);
            using var peer = PeerProcess.Start("flow.py", method, pairs.Path, TestImage.Text(shape));
            var seconds = peer.Run() / numbers.Length;
            var fields = peer.Result().Chunk(2 * (int)shape.PlaneElementCount).ToArray();
            var error = EndPointError.MeanOf([.. numbers.Select((i, k) => EndPointError.Of(_set.Images[i], fields[k]))]);
            Tell($"skimage_{method}", error, seconds);
            foreach (var (name, ours) in _ours)
            {
                _figures.AddRange([new($"{_name}_{name}_epe_over_skimage_{method}", ours.Error.All / error.All), new($"{_name}_{name}_speedup_over_skimage_{method}", seconds / ours.Seconds)]);
            }

            foreach (var (package, version) in peer.Versions)
            {
                versions[package] = version;
            }
        }
    }

    private async Task<(float[] Found, double Seconds)> EstimateAsync(string name, WarpedImage image, float[] frame, CancellationToken cancellation)
    {
        var shape = new VolumeShape(1, image.Height, image.Width);
        using var template = MemoryVolume.FromSingles(image.Reference, shape);
        using var moved = MemoryVolume.FromSingles(frame, shape);
        MemoryVolume? field = null;
        var request = new RunRequest($"register/{name}")
        {
            Parameters = new Dictionary<string, ParameterValue> { ["template"] = "given" },
            Auxiliaries = new Dictionary<string, IVolumeReader> { ["template"] = template },
            SideOutputs = new Dictionary<string, Func<VolumeInfo, IVolumeWriter>> { ["displacement"] = info => field = new MemoryVolume(info) },
        };
        var result = await _client.RunAsync(moved, request, cancellation: cancellation);
        return (field!.ToSingles(), result.Summary.ComputeSeconds);
    }

    private void Tell(string method, EndPointError error, double? seconds)
    {
        _figures.AddRange(
        [
            new($"{_name}_{method}_epe", error.All, "px"), new($"{_name}_{method}_epe_textured", error.Textured, "px"), new($"{_name}_{method}_epe_edge", error.Edge, "px"),
        ]);
        if (seconds is { } each)
        {
            _figures.Add(new($"{_name}_{method}_seconds", each, "s"));
        }

        _log(string.Create(CultureInfo.InvariantCulture, $"{_name}, {method}: {error.All:0.000} px, textured {error.Textured:0.000}, edge {error.Edge:0.000}; {seconds:0.000} s"));
    }
}

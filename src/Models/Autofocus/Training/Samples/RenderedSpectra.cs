using System.Collections.Concurrent;
using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>
/// Spectra of rendered frames without noise. Rendering is dear: a group is rendered when it is first drawn, and kept, so that it comes again with other
/// noise, and with other errors in what is told of its microscope.
/// </summary>
internal sealed class RenderedSpectra : ISpectra
{
    private readonly IReadOnlyList<SharpPlane> _planes;
    private readonly MicroscopeDraw _microscopes;
    private readonly ExposureRange _exposure;
    private readonly ulong _seed;
    private readonly Lazy<SpectralGroup>[] _groups;
    private readonly ConcurrentDictionary<int, RadialSpectrum> _shapes = new();

    /// <param name="planes">Sharp planes.</param>
    /// <param name="microscopes">Which microscopes there are.</param>
    /// <param name="exposure">How frames are exposed.</param>
    /// <param name="frames">How many frames there are in all, 1 or more.</param>
    /// <param name="seed">The same seed gives the same frames.</param>
    public RenderedSpectra(IReadOnlyList<SharpPlane> planes, MicroscopeDraw microscopes, ExposureRange exposure, int frames, ulong seed)
    {
        (_planes, _microscopes, _exposure, _seed) = (planes, microscopes, exposure, seed);
        var groups = (frames + SpectralGroup.Count - 1) / SpectralGroup.Count;
        _groups = [.. Enumerable.Range(0, groups).Select(g => new Lazy<SpectralGroup>(() => Render((ulong)g)))];
    }

    public SpectralGroup Draw(SeededRandom random) => _groups[random.NextIndex(_groups.Length)].Value;

    private SpectralGroup Render(ulong group)
    {
        var random = new SeededRandom(_seed, group);
        var known = _microscopes.Draw(random);
        var truth = MicroscopeDraw.Slightly(known, random);
        var size = ObjectSpectra.Sizes[ObjectSpectra.DrawSize(random)];
        var transfer = DefocusedImage.Transfer(truth, SampleDraw.Farthest(truth, DefocusDraw.Largest));
        var side = size;
        var spectra = new NoiseFreeSpectrum[SpectralGroup.Count];
        for (var i = 0; i < spectra.Length; i++)
        {
            var defocus = DefocusDraw.Draw(random);
            var camera = _exposure.Draw(random);
            var (light, own) = SampleDraw.Render(_planes, size, transfer, defocus, random);
            var seen = camera.Illuminate(light, own, own);
            var shape = _shapes.GetOrAdd(own, s => new RadialSpectrum(s, s));
            spectra[i] = new NoiseFreeSpectrum(defocus, shape, shape.Of(seen), seen.Average(value => (double)value));
            side = Math.Min(side, own);
        }

        return new SpectralGroup(known, side, spectra);
    }
}

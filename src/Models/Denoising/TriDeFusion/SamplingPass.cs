using InferenceBridge.Imaging;
using InferenceBridge.Models.Packages;

namespace InferenceBridge.Models;

/// <summary>
/// The first pass of a package, which keeps some pieces of the image's first frame as well: what a network leaves of the noise is then known before the first
/// tile, and is the same however the image is cut.
/// </summary>
/// <param name="steps">The package's own pass.</param>
/// <param name="image">The image.</param>
/// <param name="slices">Slices to either side that the network sees.</param>
internal sealed class SamplingPass(IImageSteps steps, VolumeShape image, int slices) : IImagePass
{
    private const int LongestSide = 192;
    private const int Places = 3;
    private readonly long[] _planes = new long[image.Channels];
    private readonly Dictionary<(int Channel, int Slice), float[]> _kept = [];
    private readonly int[] _firsts = First(image.Depth, Depth(image.Depth, slices));
    private bool _isRead;

    /// <summary>The package's own pass.</summary>
    public IImageSteps Steps => steps;

    /// <summary>Shape of the samples.</summary>
    public VolumeShape Shape { get; } = new(Depth(image.Depth, slices), Math.Min(image.Height, LongestSide), Math.Min(image.Width, LongestSide));

    public bool NeedsReading => !_isRead || steps.NeedsReading;

    public void Add(int channel, ReadOnlySpan<float> pixels)
    {
        if (steps.NeedsReading)
        {
            steps.Add(channel, pixels);
        }

        var slice = _planes[channel]++;
        if (!_isRead && slice < image.Depth && _firsts.Any(first => slice >= first && slice < first + Shape.Depth))
        {
            _kept[(channel, (int)slice)] = Middle(pixels);
        }
    }

    public void EndReading()
    {
        _isRead = true;
        if (steps.NeedsReading)
        {
            steps.EndReading();
        }
    }

    /// <summary>Pieces of a channel, each of <see cref="Shape"/>, X fastest.</summary>
    public IEnumerable<float[]> Samples(int channel) => _firsts.Select(first =>
        Enumerable.Range(first, Shape.Depth).SelectMany(slice => _kept[(channel, slice)]).ToArray());

    // Three slices that the network gives with all that it sees of their neighbours, where there are as many.
    private static int Depth(int depth, int slices) => Math.Min(depth, 3 + (2 * slices));

    private static int[] First(int depth, int length) =>
        [.. Enumerable.Range(1, Places).Select(i => Math.Clamp((depth * i / (Places + 1)) - (length / 2), 0, depth - length)).Distinct()];

    private float[] Middle(ReadOnlySpan<float> plane)
    {
        var (top, left) = ((image.Height - Shape.Height) / 2, (image.Width - Shape.Width) / 2);
        var part = new float[Shape.PlaneElementCount];
        for (var row = 0; row < Shape.Height; row++)
        {
            plane.Slice(((top + row) * image.Width) + left, Shape.Width).CopyTo(part.AsSpan(row * Shape.Width));
        }

        return part;
    }
}

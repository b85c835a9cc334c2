using static TorchSharp.torch;

namespace InferenceBridge.Models.Networks;

/// <summary>
/// The power spectrum of a frame as an image of angle × frequency, where a defocus shows as fringes along one axis, wherever in the frame its objects
/// lie. Logarithms are averaged, of overlapping blocks and of neighbouring frequencies (Welch's method but for the logarithm), so that larger frames
/// give the same spectrum with less noise.
/// </summary>
internal static class PolarSpectrum
{
    /// <summary>Directions, half a turn.</summary>
    public const int Angles = 32;

    /// <summary>Frequencies, those of <see cref="SpectralBins"/>.</summary>
    public const int Frequencies = SpectralBins.Count;

    private const int Block = 256;
    private const int Samples = 4;
    private const double Faintest = 1e-5;

    private static readonly long[] Places = [.. FindPlaces()];

    /// <summary>The spectra of frames.</summary>
    /// <param name="frames">(N, 1, Y, X), of mean 0 and deviation 1; blocks are shorter than 256 where Y or X is.</param>
    /// <returns>(N, 1, 32, 96): logarithms of the power, where white noise of variance v has ln v less 0.58; the caller owns it.</returns>
    public static Tensor Of(Tensor frames)
    {
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        var (height, width) = ((int)frames.shape[2], (int)frames.shape[3]);
        var window = tensor(HannWindow.Of(Math.Min(height, Block))).unsqueeze(1).mul(tensor(HannWindow.Of(Math.Min(width, Block)))).to(frames.device);
        var places = tensor(Places, device: frames.device);
        var (tops, lefts) = (Starts(height), Starts(width));
        var sum = zeros([frames.shape[0], Angles, Frequencies], device: frames.device);
        foreach (var (top, left) in tops.SelectMany(top => lefts.Select(left => (top, left))))
        {
            using var inner = NewDisposeScope();
            sum.add_(OfBlock(frames.narrow(2, top, window.shape[0]).narrow(3, left, window.shape[1]).squeeze(1), window, places));
        }

        return sum.div_(tops.Length * lefts.Length).unsqueeze(1).MoveToOuterDisposeScope();
    }

    private static Tensor OfBlock(Tensor block, Tensor window, Tensor places)
    {
        var mean = (block * window).sum([1, 2], keepdim: true) / window.sum();
        var spectrum = view_as_real(fft.rfft2((block - mean) * window, [Block, Block], [1, 2]));
        var power = spectrum.square().sum([-1L]) / window.square().sum();
        var logarithms = power.add(Faintest).log().reshape(block.shape[0], -1);
        return logarithms.index_select(1, places).reshape(block.shape[0], Angles, Frequencies, -1).mean([-1L]);
    }

    // Evenly spread, half a block apart or a little closer; they cover the frame.
    private static int[] Starts(int length)
    {
        var count = length <= Block ? 1 : 1 + (((2 * (length - Block)) + Block - 1) / Block);
        return [.. Enumerable.Range(0, count).Select(i => count == 1 ? 0 : (int)((long)i * (length - Block) / (count - 1)))];
    }

    // Of every angle and frequency a few values, as indices into the half of the spectrum that a real transform gives.
    private static IEnumerable<long> FindPlaces()
    {
        const int half = (Block / 2) + 1;
        for (var angle = 0; angle < Angles; angle++)
        {
            for (var ring = 0; ring < Frequencies; ring++)
            {
                for (var sample = 0; sample < Samples * Samples; sample++)
                {
                    var (along, across) = ((sample % Samples) + 0.5, (sample / Samples) + 0.5);
                    var frequency = SpectralBins.Edges[ring] + ((SpectralBins.Edges[ring + 1] - SpectralBins.Edges[ring]) * along / Samples);
                    var (sine, cosine) = Math.SinCos(Math.PI * (((angle + (across / Samples)) / Angles) - 0.5));
                    var (row, column) = ((int)Math.Round(Block * frequency * sine), (int)Math.Round(Block * frequency * cosine));
                    yield return (((row + Block) % Block) * half) + column;
                }
            }
        }
    }
}

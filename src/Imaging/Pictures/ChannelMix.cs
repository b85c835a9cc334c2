namespace InferenceBridge.Imaging;

/// <summary>Adds up channels in their colours; a single channel stays grey.</summary>
internal sealed class ChannelMix(int width, int height, int channels)
{
    private readonly Picture _picture = new(width, height, channels == 1 ? 1 : 3);

    internal void Add(FloatImage image, ContrastStretch contrast, int channel)
    {
        // Stretched before resampling: −∞ and ∞ would spoil their neighbours.
        var levels = new FloatImage(image.Width, image.Height, Array.ConvertAll(image.Values, contrast.Apply)).Resize(width, height).Values;
        var (r, g, b) = channels == 1 ? ((byte)255, (byte)255, (byte)255) : ChannelColours.Of(channel);
        var pixels = _picture.Pixels;
        for (var i = 0; i < levels.Length; i++)
        {
            if (_picture.Channels == 1)
            {
                pixels[i] = Mixed(0, levels[i], r);
                continue;
            }

            pixels[3 * i] = Mixed(pixels[3 * i], levels[i], r);
            pixels[(3 * i) + 1] = Mixed(pixels[(3 * i) + 1], levels[i], g);
            pixels[(3 * i) + 2] = Mixed(pixels[(3 * i) + 2], levels[i], b);
        }
    }

    internal Picture ToPicture(int zoom) => zoom == 1 ? _picture : _picture.Enlarge(zoom);

    private static byte Mixed(byte present, float level, byte colour) =>
        (byte)Math.Min(255, Math.Round(present + (level * colour)));
}

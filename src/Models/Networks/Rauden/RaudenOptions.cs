using System.Globalization;

namespace InferenceBridge.Models.Networks;

/// <summary>Sizes of a <see cref="RaudenNetwork"/>.</summary>
/// <param name="Channels">Neighbouring slices or frames that it sees, odd; 1 for one plane by itself.</param>
/// <param name="Widths">Features at a half, a quarter and an eighth of the image's resolution.</param>
/// <param name="Depth">Efficient residual blocks at each level of the encoder and of the decoder.</param>
/// <param name="Reach">How far in px a pixel of the result looks, as a test measures it, rounded up to <see cref="RaudenNetwork.Grid"/>.</param>
/// <param name="BytesPerPixel">
/// Peak memory of inference for each pixel, in bytes, as measured by the resident memory of a process at 1024² and 1536² px, libtorch 1.13
/// on a CPU: 390 to 440 for RAUDen-lite and 730 to 890 for RAUDen, with 1 to 5 channels.
/// </param>
internal sealed record RaudenOptions(int Channels, IReadOnlyList<int> Widths, int Depth, int Reach, int BytesPerPixel)
{
    /// <summary>Name of the full network.</summary>
    public const string Full = "rauden";

    /// <summary>Name of the network that is distilled from it.</summary>
    public const string Lite = "rauden-lite";

    private const string ChannelsName = "channels";
    private const int MostChannels = 15;

    /// <summary>Reads the options of a package or of the tool.</summary>
    /// <exception cref="InferenceException">An option is unknown or out of range.</exception>
    public static RaudenOptions From(string architecture, IReadOnlyDictionary<string, string> options)
    {
        var unknown = options.Keys.FirstOrDefault(name => name != ChannelsName);
        if (unknown is not null)
        {
            throw new InferenceException(InferenceError.ParameterUnknown, $"network.{unknown}",
                $"{architecture} has no option {unknown}; accepted: {ChannelsName}.");
        }

        var text = options.GetValueOrDefault(ChannelsName, "1");
        if (!int.TryParse(text, CultureInfo.InvariantCulture, out var channels) || channels is < 1 or > MostChannels || channels % 2 == 0)
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, $"network.{ChannelsName}",
                $"{ChannelsName} of {architecture} is {text}; accepted: an odd whole number from 1 to {MostChannels}.");
        }

        return architecture == Full
            ? new RaudenOptions(channels, [64, 96, 128], 2, 384, 900)
            : new RaudenOptions(channels, [32, 48, 64], 1, 224, 450);
    }
}

namespace InferenceBridge.Imaging;

/// <summary>Colours of channels where the file names none: told apart by most colour-blind people in the first two.</summary>
internal static class ChannelColours
{
    private static readonly (byte R, byte G, byte B)[] Colours =
    [
        (0, 255, 0),
        (255, 0, 255),
        (0, 255, 255),
        (255, 255, 0),
        (255, 0, 0),
        (0, 0, 255),
        (255, 255, 255),
    ];

    /// <summary>Colour of a channel; they repeat after the seventh.</summary>
    internal static (byte R, byte G, byte B) Of(int channel) => Colours[channel % Colours.Length];
}

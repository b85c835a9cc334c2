namespace InferenceBridge.Imaging;

/// <summary>Colours of traces, told apart by colour-blind people (Okabe and Ito 2008), brightened for a black ground.</summary>
public enum TraceColour
{
    /// <summary>Grey: what was before.</summary>
    Grey,

    /// <summary>Orange.</summary>
    Orange,

    /// <summary>Sky blue.</summary>
    Blue,

    /// <summary>Green: what is after.</summary>
    Green,

    /// <summary>Vermilion.</summary>
    Vermilion,

    /// <summary>Yellow.</summary>
    Yellow,

    /// <summary>Reddish purple.</summary>
    Purple,

    /// <summary>White: what matters most.</summary>
    White,
}

/// <summary>The colours' components.</summary>
internal static class TraceColours
{
    internal static (byte R, byte G, byte B) Rgb(this TraceColour colour) => colour switch
    {
        TraceColour.Orange => (240, 170, 40),
        TraceColour.Blue => (100, 190, 240),
        TraceColour.Green => (50, 215, 150),
        TraceColour.Vermilion => (240, 105, 30),
        TraceColour.Yellow => (240, 228, 66),
        TraceColour.Purple => (225, 140, 190),
        TraceColour.White => (255, 255, 255),
        _ => (150, 150, 150),
    };
}

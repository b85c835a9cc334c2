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
}

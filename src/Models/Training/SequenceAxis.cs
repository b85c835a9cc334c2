namespace InferenceBridge.Models.Training;

/// <summary>Along which axis planes of a file are neighbours or repeats.</summary>
public enum SequenceAxis
{
    /// <summary>Slices where there are several, else frames.</summary>
    Automatic,

    /// <summary>Slices.</summary>
    Z,

    /// <summary>Frames.</summary>
    T,
}

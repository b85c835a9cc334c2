namespace InferenceBridge.Models.Training;

/// <summary>How the learning rate changes during training.</summary>
public enum ScheduleKind
{
    /// <summary>From a 25th up to the peak in the first 30 %, then down to nearly nothing, both as a cosine.</summary>
    OneCycle,

    /// <summary>Linearly up in the first 2 %, then down as a cosine to a 100th of the peak.</summary>
    Cosine,

    /// <summary>Always the peak.</summary>
    Constant,
}

namespace InferenceBridge.Client;

/// <summary>How a search for the focus stands, or ended. The values are those of the number "state" in answers.</summary>
public enum FocusOutcome
{
    /// <summary>Under way.</summary>
    Searching = 0,

    /// <summary>The focus is found, and the stage is there.</summary>
    Focused = 1,

    /// <summary>There is none within the range, or it was not found within the frames allowed.</summary>
    NotFound = 2,

    /// <summary>The sharpest place is a limit of travel: the focus may lie beyond it.</summary>
    AtTheLimit = 3,

    /// <summary>The focus is kept.</summary>
    Holding = 4,

    /// <summary>The stage did not go where it was sent, and was left alone.</summary>
    StageFault = 5,
}

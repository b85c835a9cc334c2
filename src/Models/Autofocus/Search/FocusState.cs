namespace InferenceBridge.Models;

/// <summary>How a search for the focus stands, as answers tell it.</summary>
internal enum FocusState
{
    /// <summary>Under way: move, and send the next frame.</summary>
    Searching = 0,

    /// <summary>The focus is found.</summary>
    Focused = 1,

    /// <summary>There is none within the range, or not within the frames allowed.</summary>
    NotFound = 2,

    /// <summary>The sharpest place is a limit of travel.</summary>
    AtTheLimit = 3,

    /// <summary>The focus is kept.</summary>
    Holding = 4,

    /// <summary>The stage is not where it was sent.</summary>
    StageFault = 5,
}

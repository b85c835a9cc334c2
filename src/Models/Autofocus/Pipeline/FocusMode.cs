namespace InferenceBridge.Models;

/// <summary>What an autofocus operation does beside judging frames.</summary>
internal enum FocusMode
{
    /// <summary>Nothing: frames need no z.</summary>
    Score,

    /// <summary>Looks for the focus, and ends.</summary>
    Search,

    /// <summary>Looks for the focus, and keeps it.</summary>
    Hold,
}

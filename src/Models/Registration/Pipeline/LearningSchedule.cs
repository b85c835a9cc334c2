namespace InferenceBridge.Models;

/// <summary>
/// After how many frames what was learned from them counts: often at first, then at fixed distances, so that frames between can be
/// computed at once and results do not depend on how many are.
/// </summary>
internal static class LearningSchedule
{
    /// <summary>Distance of updates later on.</summary>
    public const int Distance = 32;

    /// <summary>Whether an update follows when so many frames have been seen.</summary>
    public static bool IsDue(long frames) => frames >= Distance ? frames % Distance == 0 : long.IsPow2(frames);

    /// <summary>Frames until the next update when so many have been seen; at least 1.</summary>
    public static int Until(long frames)
    {
        var next = frames + 1;
        while (!IsDue(next))
        {
            next++;
        }

        return (int)(next - frames);
    }
}

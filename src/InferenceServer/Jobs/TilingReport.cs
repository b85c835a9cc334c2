using System.Globalization;
using InferenceBridge.Imaging;

namespace InferenceBridge.Server.Jobs;

/// <summary>What a summary tells of how stacks were cut and what that did.</summary>
internal static class TilingReport
{
    private const string BlocksName = "blocks";
    private const string DifferenceName = "tiling_difference_percent";
    private const double MostPercent = 1;

    /// <summary>The plan.</summary>
    public static void Plan(JobState state, TilePlan tiles) => state.Details[BlocksName] = tiles.TileCount == tiles.Shape.StackCount
        ? "whole stacks"
        : $"{tiles.TileCount} of at most {tiles.CoreDepth}×{tiles.CoreHeight}×{tiles.CoreWidth} (z×y×x) with a halo of "
            + $"{tiles.Halo.Z}×{tiles.Halo.Y}×{tiles.Halo.X}";

    /// <summary>Blocks had to be smaller than planned.</summary>
    public static void Halved(JobState state)
    {
        state.Details[BlocksName] += "; halved where the device ran out of memory";
        state.Details.TryAdd(DifferenceName, "not measured, since blocks had to be halved");
    }

    /// <summary>How far the blocks are from the whole.</summary>
    /// <param name="state">Of the job.</param>
    /// <param name="difference">The largest that was measured, as a fraction; null where the device did not get through.</param>
    public static void Difference(JobState state, double? difference)
    {
        if (difference is not { } fraction)
        {
            state.Details[DifferenceName] = "not measured, since the device did not get through";
            return;
        }

        var percent = Math.Round(100 * fraction, 4);
        state.Details[DifferenceName] = percent.ToString("0.####", CultureInfo.InvariantCulture);
        if (percent > MostPercent)
        {
            state.Warn(string.Create(CultureInfo.InvariantCulture,
                $"At a seam the blocks differ by {percent:0.##}% from what the whole would give; fewer iterations, another acceleration or a larger ")
                + "InferenceBridge:MemoryBudgetBytes brings them closer.");
        }
    }
}

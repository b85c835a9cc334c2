namespace InferenceBridge.Models.Networks;

/// <summary>Which pixels of a frame are the camera's, the outermost included; the others were added, or moved in.</summary>
/// <param name="Top">First row; likewise the others.</param>
/// <param name="Bottom">Last row.</param>
/// <param name="Left">First column.</param>
/// <param name="Right">Last column.</param>
internal readonly record struct FlowBounds(double Top, double Bottom, double Left, double Right)
{
    /// <summary>All of a frame.</summary>
    public static FlowBounds Of(long height, long width) => new(0, height - 1, 0, width - 1);

    /// <summary>The same at a level whose pixels are so many px large.</summary>
    public FlowBounds At(int step) => new(Top / step, Bottom / step, Left / step, Right / step);
}

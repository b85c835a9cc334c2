using System.Globalization;

namespace InferenceBridge.Models;

/// <summary>Where the focus of a focal stack lies, whose planes are the frames of a movie: for the summary, in frames.</summary>
internal sealed class StackFocus
{
    // Longer movies are no focal stacks.
    private const int MostFrames = 10_000;

    private readonly List<FocusPoint> _points = [];

    /// <summary>Takes a frame that shows something.</summary>
    /// <param name="frame">Its number.</param>
    /// <param name="score">Its score.</param>
    public void Add(long frame, double score)
    {
        if (_points.Count < MostFrames && double.IsFinite(score))
        {
            _points.Add(new FocusPoint(frame, score));
        }
    }

    /// <summary>Tells where the maximum is, with its standard deviation, where it lies inside.</summary>
    public void Describe(Dictionary<string, string> details)
    {
        if (_points.Count >= MostFrames || FocusCurve.Find(_points) is not { Kind: FocusPeakKind.Inside } peak)
        {
            return;
        }

        details["focus_frame"] = peak.Z.ToString("0.####", CultureInfo.InvariantCulture);
        details["focus_frame_sd"] = peak.StandardDeviation!.Value.ToString("0.####", CultureInfo.InvariantCulture);
    }
}

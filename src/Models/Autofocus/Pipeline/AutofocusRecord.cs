using System.Globalization;

namespace InferenceBridge.Models;

/// <summary>What is told of the frames in the summary.</summary>
internal sealed class AutofocusRecord
{
    // Above this share the brightest structures, by which a metric judges, have lost their tops.
    private const double ManySaturated = 0.01;

    private long _frames;
    private long _empty;
    private long _saturated;
    private long _bestFrame;
    private double _bestScore = double.NegativeInfinity;

    public IReadOnlyList<string> Warnings
    {
        get
        {
            List<string> warnings = [];
            if (_saturated > 0)
            {
                warnings.Add($"More than {ManySaturated:P0} of the pixels are saturated in {_saturated} of {_frames} frames; expose shorter.");
            }

            if (_frames > 0 && _empty == _frames)
            {
                warnings.Add("No frame shows any structure to judge the focus by.");
            }

            return warnings;
        }
    }

    public void Add(FrameTask task, FocusAssessment assessment, double saturatedShare)
    {
        _frames++;
        _empty += assessment.IsEmpty ? 1 : 0;
        _saturated += saturatedShare > ManySaturated ? 1 : 0;
        if (!assessment.IsEmpty && assessment.Score > _bestScore)
        {
            (_bestFrame, _bestScore) = (task.Id, assessment.Score);
        }
    }

    public void Describe(Dictionary<string, string> details)
    {
        details["frames"] = _frames.ToString(CultureInfo.InvariantCulture);
        details["empty_frames"] = _empty.ToString(CultureInfo.InvariantCulture);
        if (double.IsFinite(_bestScore))
        {
            details["best_frame"] = _bestFrame.ToString(CultureInfo.InvariantCulture);
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_frames);
        writer.Write(_empty);
        writer.Write(_saturated);
        writer.Write(_bestFrame);
        writer.Write(_bestScore);
    }

    public void Read(BinaryReader reader)
    {
        (_frames, _empty, _saturated) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        (_bestFrame, _bestScore) = (reader.ReadInt64(), reader.ReadDouble());
    }
}

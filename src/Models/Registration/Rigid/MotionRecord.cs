using System.Globalization;

namespace InferenceBridge.Models;

/// <summary>What is told of the frames' motion when all have come.</summary>
/// <param name="reach">Largest shifts along z, y and x that are looked for, in px.</param>
/// <param name="keepsFrames">False for a live stream, which has no second pass: nothing that grows with it is kept.</param>
internal sealed class MotionRecord(int[] reach, bool keepsFrames)
{
    // Of the first pass, to see what the second one still finds.
    private List<Displacement>? _first;
    private List<Displacement>? _current = keepsFrames ? [] : null;
    private Displacement _moved;
    private double _largest;
    private double _residual;
    private long _frames;
    private long _empty;
    private long _limited;
    private bool _isSecondPass;

    public IReadOnlyList<string> Warnings
    {
        get
        {
            var warnings = new List<string>();
            if (_limited > 0)
            {
                warnings.Add($"{_limited} frame(s) have moved by the largest shift that is looked for, or further; raise max_shift or max_shift_z.");
            }

            if (_empty > 0)
            {
                warnings.Add($"{_empty} frame(s) are constant and show no structure; they stay where they were.");
            }

            return warnings;
        }
    }

    public void Add(long index, Displacement displacement)
    {
        _frames++;
        _largest = Math.Max(_largest, Math.Sqrt(displacement.Squared));
        _limited += Enumerable.Range(0, 3).Any(axis => reach[axis] > 0 && Math.Abs(displacement[axis]) >= reach[axis]) ? 1 : 0;
        if (_isSecondPass)
        {
            _residual += (displacement + _moved - _first![(int)index]).Squared;
        }
        else
        {
            _current?.Add(displacement);
        }
    }

    public void AddEmpty()
    {
        _frames++;
        _empty++;
        if (!_isSecondPass)
        {
            _current?.Add(Displacement.Zero);
        }
    }

    /// <summary>All frames have been seen once.</summary>
    /// <param name="moved">By how much the template has moved.</param>
    public void EndPass(Displacement moved)
    {
        _moved = moved;
        (_first, _current, _isSecondPass) = (_current, null, true);
        (_largest, _residual, _frames, _empty, _limited) = (0, 0, 0, 0, 0);
    }

    public void Describe(Dictionary<string, string> details)
    {
        details["frames"] = _frames.ToString(CultureInfo.InvariantCulture);
        details["largest_shift_px"] = _largest.ToString("0.###", CultureInfo.InvariantCulture);
        if (_isSecondPass && _frames > 0)
        {
            details["residual_motion_px"] = Math.Sqrt(_residual / _frames).ToString("0.####", CultureInfo.InvariantCulture);
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_largest);
        writer.Write(_frames);
        writer.Write(_empty);
        writer.Write(_limited);
    }

    public void Read(BinaryReader reader) =>
        (_largest, _frames, _empty, _limited) = (reader.ReadDouble(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
}

using System.Globalization;

namespace InferenceBridge.Models;

/// <summary>What is told of the frames' motion when all have come.</summary>
/// <param name="reach">Largest shifts along z, y and x that are looked for, in px.</param>
/// <param name="isField">Whether frames move by fields.</param>
/// <param name="keepsFrames">Whether a second pass follows; else nothing that grows with the movie is kept.</param>
internal sealed class MotionRecord(int[] reach, bool isField, bool keepsFrames)
{
    // Of the first pass, to see what the second one still finds.
    private List<(float Z, float Y, float X)>? _first;
    private List<(float Z, float Y, float X)>? _current = keepsFrames ? [] : null;
    private Displacement _moved;
    private double _largest;
    private double _residual;
    private double _sumOfMeans;
    private double _largestDisplacement;
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

    /// <summary>
    /// Where the first pass found a frame, against the present template; null in the first pass, and where it looked no further: the frame may lie beyond.
    /// </summary>
    public Displacement? Start(long index) => _first is null || IsLimited(First(index)) ? null : First(index) - _moved;

    public void Add(long index, Displacement displacement, FieldSize size)
    {
        _frames++;
        _sumOfMeans += size.Mean;
        _largestDisplacement = Math.Max(_largestDisplacement, size.Largest);
        _largest = Math.Max(_largest, Math.Sqrt(displacement.Squared));
        _limited += IsLimited(displacement) ? 1 : 0;
        if (_isSecondPass)
        {
            _residual += (displacement + _moved - First(index)).Squared;
        }
        else
        {
            _current?.Add(((float)displacement.Z, (float)displacement.Y, (float)displacement.X));
        }
    }

    public void AddEmpty()
    {
        _frames++;
        _empty++;
        if (!_isSecondPass)
        {
            _current?.Add(default);
        }
    }

    /// <summary>All frames have been seen once.</summary>
    /// <param name="moved">By how much the template has moved.</param>
    public void EndPass(Displacement moved)
    {
        _moved = moved;
        (_first, _current, _isSecondPass) = (_current, null, true);
        (_largest, _residual, _frames, _empty, _limited) = (0, 0, 0, 0, 0);
        (_sumOfMeans, _largestDisplacement) = (0, 0);
    }

    public void Describe(Dictionary<string, string> details)
    {
        details["frames"] = _frames.ToString(CultureInfo.InvariantCulture);
        details["largest_shift_px"] = _largest.ToString("0.###", CultureInfo.InvariantCulture);
        if (isField && _frames > 0)
        {
            details["displacement_mean_px"] = (_sumOfMeans / _frames).ToString("0.####", CultureInfo.InvariantCulture);
            details["largest_displacement_px"] = _largestDisplacement.ToString("0.###", CultureInfo.InvariantCulture);
        }

        if (_isSecondPass && _frames > 0)
        {
            details["residual_motion_px"] = Math.Sqrt(_residual / _frames).ToString("0.####", CultureInfo.InvariantCulture);
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(_largest);
        writer.Write(_sumOfMeans);
        writer.Write(_largestDisplacement);
        writer.Write(_frames);
        writer.Write(_empty);
        writer.Write(_limited);
    }

    public void Read(BinaryReader reader)
    {
        (_largest, _sumOfMeans, _largestDisplacement) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        (_frames, _empty, _limited) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
    }

    private bool IsLimited(Displacement displacement) =>
        Enumerable.Range(0, 3).Any(axis => reach[axis] > 0 && Math.Abs(displacement[axis]) >= reach[axis]);

    private Displacement First(long index)
    {
        var (z, y, x) = _first![(int)index];
        return new Displacement(z, y, x);
    }
}

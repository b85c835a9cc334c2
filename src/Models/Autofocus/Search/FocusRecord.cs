using System.Globalization;
using System.Text;

namespace InferenceBridge.Models;

/// <summary>What a search tells of itself.</summary>
internal sealed class FocusRecord
{
    // Holding the focus for hours must not fill the memory.
    private const int MostPoints = 1000;

    private readonly List<(long Frame, double Z, double Score)> _curve = [];
    private long _frames;
    private double? _bestZ;
    private double? _bestDeviation;

    /// <summary>What the caller should know; null for nothing.</summary>
    public string? Warning { get; set; }

    public void Add(SearchPoint point)
    {
        if (_curve.Count == MostPoints)
        {
            _curve.RemoveAt(0);
        }

        _curve.Add((++_frames, point.Z, point.Score));
    }

    public void Believe(double z, double? deviation) => (_bestZ, _bestDeviation) = (z, deviation);

    /// <summary>Completes an advice by what is known.</summary>
    public FocusAdvice Told(FocusAdvice advice) =>
        advice with { FramesUsed = (int)Math.Min(_frames, int.MaxValue), BestZMicrometres = _bestZ, BestZDeviation = _bestDeviation };

    public void Describe(Dictionary<string, string> details, FocusState state)
    {
        details["outcome"] = state switch
        {
            FocusState.Focused => "focused",
            FocusState.NotFound => "not found",
            FocusState.AtTheLimit => "at the limit",
            FocusState.Holding => "holding",
            FocusState.StageFault => "the stage did not move as asked",
            _ => "searching",
        };
        details["search_frames"] = _frames.ToString(CultureInfo.InvariantCulture);
        Describe(details, FocusNumbers.BestZ, _bestZ);
        Describe(details, FocusNumbers.BestZDeviation, _bestDeviation);
        details["score_curve"] = Curve();
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Warning ?? "");
        writer.Write(_frames);
        writer.Write(_bestZ ?? double.NaN);
        writer.Write(_bestDeviation ?? double.NaN);
        writer.Write(_curve.Count);
        foreach (var (frame, z, score) in _curve)
        {
            writer.Write(frame);
            writer.Write(z);
            writer.Write(score);
        }
    }

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Read(BinaryReader reader)
    {
        Warning = reader.ReadString() is { Length: > 0 } warning ? warning : null;
        (_frames, _bestZ, _bestDeviation) = (reader.ReadInt64(), Known(reader.ReadDouble()), Known(reader.ReadDouble()));
        var count = reader.ReadInt32();
        if (count is < 0 or > MostPoints)
        {
            throw new InvalidDataException($"a curve of {count} frames");
        }

        _curve.Clear();
        for (var i = 0; i < count; i++)
        {
            _curve.Add((reader.ReadInt64(), reader.ReadDouble(), reader.ReadDouble()));
        }
    }

    /// <summary>Tells a number where it is known.</summary>
    public static void Describe(Dictionary<string, string> details, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            details[name] = number.ToString("0.###", CultureInfo.InvariantCulture);
        }
    }

    private static double? Known(double value) => double.IsFinite(value) ? value : null;

    // JSON: [[z in µm, score], ...] in the order of the frames.
    private string Curve()
    {
        var text = new StringBuilder("[");
        foreach (var (_, z, score) in _curve)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 1 ? ", " : "")}[{z:0.####}, {score:G7}]");
        }

        return text.Append(']').ToString();
    }
}

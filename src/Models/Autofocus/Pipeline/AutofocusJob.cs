using System.Globalization;
using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>Judges the frames of one stream or movie, and looks for the focus where that is asked for.</summary>
internal sealed class AutofocusJob : IFrameJob
{
    // "IBAF".
    private static readonly FrameJobState State = new(0x46414249, 2, "in the same mode");

    private readonly string _operation;
    private readonly AutofocusOptions _options;
    private readonly FrameJobContext _context;
    private readonly IFocusAssessor _assessor;
    private readonly AutofocusSearch? _search;
    private readonly AutofocusRecord _record = new();
    private readonly StackFocus? _stack;

    // For all frames: megabytes that come new with each would make the collector run ten times a second.
    private readonly float[] _plane;

    /// <param name="operation">Id of the operation.</param>
    /// <param name="options">Parameters.</param>
    /// <param name="context">What the job starts with.</param>
    /// <param name="assessor">Judges frames; the job disposes it.</param>
    public AutofocusJob(string operation, AutofocusOptions options, FrameJobContext context, IFocusAssessor assessor)
    {
        (_operation, _options, _context, _assessor) = (operation, options, context, assessor);
        _search = options.Mode == FocusMode.Score ? null : new AutofocusSearch(options.Search);
        _plane = new float[context.Request.Frame.Shape.PlaneElementCount];
        _stack = context.Request.FrameCount is null ? null : new StackFocus();
        if (context.State is { } state)
        {
            State.Read(state, operation, Read);
        }
    }

    public int Concurrency => 1;

    public IReadOnlyList<string> Warnings => _search?.Warning is { } warning ? [.. _record.Warnings, warning] : _record.Warnings;

    public IReadOnlyDictionary<string, string> Details
    {
        get
        {
            var details = new Dictionary<string, string>(StringComparer.Ordinal);
            _record.Describe(details);
            _stack?.Describe(details);
            _search?.Describe(details);
            return details;
        }
    }

    public void Process(IReadOnlyList<FrameTask> frames, CancellationToken cancellation)
    {
        foreach (var frame in frames)
        {
            cancellation.ThrowIfCancellationRequested();
            Process(frame, cancellation);
        }
    }

    public void EndPass()
    {
        // One pass does.
    }

    public byte[] ExportState() => State.Write(_operation, Write);

    public void Dispose() => _assessor.Dispose();

    private void Write(BinaryWriter writer)
    {
        _record.Write(writer);
        writer.Write(_search is not null);
        _search?.Write(writer);
    }

    private void Read(BinaryReader reader)
    {
        _record.Read(reader);
        if (reader.ReadBoolean() != _search is not null)
        {
            throw new InvalidDataException("another mode");
        }

        _search?.Read(reader);
    }

    private void Process(FrameTask task, CancellationToken cancellation)
    {
        if (_search is not null && task.ZMicrometres is not { } z)
        {
            throw new InferenceException(InferenceError.InputMissing, "frame.z_um",
                $"Frame {task.Id} has no z_um; accepted in the modes search and hold: the position of the stage in µm with every frame.");
        }

        CheckZ(task);
        Decode(task.Pixels.Span);
        var shape = _context.Request.Frame.Shape;
        var assessment = _assessor.Assess(new FocusFrame(_plane, shape.Height, shape.Width, task.ZMicrometres), cancellation);
        Tell(task, assessment);
        if (!task.Result.IsEmpty)
        {
            task.SaturatedPixels = PixelConverter.FromSingle(assessment.Map.Values, _context.Result.PixelType, task.Result.Span);
        }
    }

    private static void CheckZ(FrameTask task)
    {
        if (task.ZMicrometres is { } z && !double.IsFinite(z))
        {
            throw new InferenceException(InferenceError.ValueNotFinite, "frame.z_um",
                $"Frame {task.Id} has the z_um {z.ToString(CultureInfo.InvariantCulture)}; accepted: a finite number.");
        }
    }

    private void Decode(ReadOnlySpan<byte> pixels)
    {
        var info = _context.Request.Frame;
        PixelConverter.ToSingle(pixels.Slice(checked((int)(_options.Channel * info.PlaneBytes)), (int)info.PlaneBytes), info.PixelType, _plane);
    }

    private void Tell(FrameTask task, FocusAssessment assessment)
    {
        foreach (var (name, value) in assessment.Numbers)
        {
            if (double.IsFinite(value))
            {
                task.Numbers[name] = value;
            }
        }

        task.Numbers[FocusNumbers.Score] = assessment.Score;
        task.Numbers[FocusNumbers.Empty] = assessment.IsEmpty ? 1 : 0;
        var saturated = task.Numbers[FocusNumbers.SaturatedShare] = Saturation.Share(_plane, _context.Request.Frame.PixelType);
        if (assessment.Estimate is { } estimate)
        {
            FocusNumbers.Add(task.Numbers, estimate);
        }

        _record.Add(task, assessment, saturated);
        if (!assessment.IsEmpty)
        {
            _stack?.Add(task.Id, assessment.Score);
        }

        if (_search is not null)
        {
            FocusNumbers.Add(task.Numbers, _search.Advance(Observation(task.ZMicrometres!.Value, assessment)));
        }
    }

    private FocusObservation Observation(double z, FocusAssessment assessment)
    {
        var known = new FocusObservation(z, assessment.Score, assessment.Estimate, assessment.IsEmpty) { Tiles = assessment.TileScores };
        if (assessment.ScoreMetric is not { } metric || !assessment.Numbers.TryGetValue(FocusMetric.NormalisedVariance.Name(), out var variance))
        {
            return known;
        }

        var width = _context.Request.Frame.Shape.Width;
        return known with
        {
            Score = metric == FocusMetric.VollathF4 ? known.Score - ScoreNoise.EdgesOfVollath(_plane, width, variance) : known.Score,
            Noise = ScoreNoise.Deviation(metric, _plane, width, variance),
        };
    }
}

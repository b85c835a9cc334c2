using InferenceBridge.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Registers the frames of one movie or stream.</summary>
internal sealed class MotionJob : IFrameJob
{
    private const int FramesForEachCore = 4;

    // "IBRM".
    private static readonly FrameJobState State = new(0x4D524249, 1, "for frames of the same size");

    private readonly string _operation;
    private readonly MotionOptions _options;
    private readonly FrameJobContext _context;
    private readonly IMotionEstimator _estimator;
    private readonly FrameCodec _codec;
    private readonly MotionTemplate _template;
    private readonly MotionQuality _quality;
    private readonly MotionRecord _record;
    private bool _onlyLooks;
    private long _index;

    /// <param name="operation">Id of the operation.</param>
    /// <param name="options">Parameters.</param>
    /// <param name="context">What the job starts with.</param>
    /// <param name="estimator">Finds motion; the job disposes it.</param>
    public MotionJob(string operation, MotionOptions options, FrameJobContext context, IMotionEstimator estimator)
    {
        (_operation, _options, _context, _estimator) = (operation, options, context, estimator);
        var (reach, margin) = (options.Reach(context.Request.Frame.Shape), options.Margin(context.Request.Frame.Shape));
        _onlyLooks = options.Passes > 1 && context.Request.FrameCount > 1;
        estimator.Begin(_onlyLooks);
        _codec = new FrameCodec(options, context);
        _template = new MotionTemplate(options, estimator, _onlyLooks);
        _quality = new MotionQuality(margin[1], margin[2], options.Threshold, _onlyLooks);
        _record = new MotionRecord(reach, options.IsField, keepsFrames: _onlyLooks);
        try
        {
            if (context.Auxiliaries.TryGetValue(MotionOperation.TemplateInput, out var given))
            {
                SetTemplate(given);
            }

            if (context.State is { } state)
            {
                State.Read(state, operation, Read);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public int Concurrency => Math.Min(
        Math.Min(FramesAtOnce(_context.Device), _template.Until(_index)), _onlyLooks ? int.MaxValue : LearningSchedule.Until(_index));

    public IReadOnlyList<string> Warnings => _record.Warnings;

    public IReadOnlyDictionary<string, string> Details
    {
        get
        {
            var details = new Dictionary<string, string>(StringComparer.Ordinal);
            _record.Describe(details);
            _quality.Describe(details);
            return details;
        }
    }

    /// <summary>Frames of a movie that are worth giving at once: several for each core, so that none waits for the slowest.</summary>
    public static int FramesAtOnce(Device device) => CpuWorkers.Count(device) == 1 ? 1 : FramesForEachCore * CpuWorkers.Count(device);

    public void Process(IReadOnlyList<FrameTask> frames, CancellationToken cancellation)
    {
        using var withoutGradients = no_grad();
        var (moved, isMoved) = (new MovedFrame?[frames.Count], new bool[frames.Count]);
        var (first, next, taken) = (_index, -1, 0);
        try
        {
            // Frames are moved at once and taken in one after another, by whoever has moved the one that was waited for.
            CpuWorkers.For(_context.Device, Math.Min(frames.Count, CpuWorkers.Count(_context.Device)), _ =>
            {
                for (var i = Interlocked.Increment(ref next); i < frames.Count; i = Interlocked.Increment(ref next))
                {
                    cancellation.ThrowIfCancellationRequested();
                    using var scope = NewDisposeScope();
                    var frame = Move(frames[i], first + i);
                    lock (moved)
                    {
                        (moved[i], isMoved[i]) = (frame, true);
                        for (; taken < frames.Count && isMoved[taken]; taken++)
                        {
                            Take(frames[taken], moved[taken]);
                            moved[taken]?.Dispose();
                            moved[taken] = null;
                        }
                    }
                }
            }, cancellation);
        }
        finally
        {
            Array.ForEach(moved, each => each?.Dispose());
        }
    }

    public void EndPass()
    {
        using var withoutGradients = no_grad();
        _estimator.Update();
        _estimator.Begin(onlyLooks: false);
        using var moved = _template.EndPass();
        _quality.EndPass(moved);
        _record.EndPass(moved.Shift);
        (_index, _onlyLooks) = (0, false);
    }

    public byte[] ExportState() => State.Write(_operation, Write);

    public void Dispose()
    {
        _template.Dispose();
        _estimator.Dispose();
        _quality.Dispose();
    }

    private void Write(BinaryWriter writer)
    {
        writer.Write(_index);
        _template.Write(writer);
        _quality.Write(writer);
        _record.Write(writer);
        _estimator.Write(writer);
    }

    private void Read(BinaryReader reader)
    {
        using var withoutGradients = no_grad();
        _index = reader.ReadInt64();
        var shape = _context.Request.Frame.Shape;
        _template.Read(reader, [_options.IsVolumetric ? shape.Depth : 1, shape.Height, shape.Width], _context.Device);
        _quality.Read(reader, _context.Device);
        _record.Read(reader);
        _estimator.Read(reader);
    }

    private void SetTemplate(MemoryVolume given)
    {
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        var shape = given.Info.Shape;
        var image = tensor(given.ToSingles(), [shape.Depth, shape.Height, shape.Width], device: _context.Device);
        if (!image.isfinite().all().item<bool>() || !HasStructure(image))
        {
            throw new InferenceException(InferenceError.AuxiliaryInvalid, MotionOperation.TemplateInput,
                "The template is constant or holds NaN or infinity; accepted: finite values with structure.");
        }

        _template.Set(Measured(image));
    }

    private static bool HasStructure(Tensor image) => image.max().ToDouble() > image.min().ToDouble();

    // Where slices move alike, their mean shows how.
    private Tensor Measured(Tensor stack) => _options.IsVolumetric || stack.shape[0] == 1 ? stack : stack.mean([0], keepdim: true);

    private MovedFrame? Move(FrameTask frame, long index)
    {
        var image = _codec.Decode(frame.Pixels.Span);
        var reference = image.select(0, _options.ReferenceChannel);
        if (!HasStructure(reference))
        {
            _codec.Encode(image, null, frame);
            return null;
        }

        var motion = _template.IsEmpty ? new Motion(Displacement.Zero) : _estimator.Estimate(Measured(reference), _record.Start(index));
        try
        {
            // Where no pixels are asked for, only the channel that is measured is moved.
            var wantsPixels = !frame.Result.IsEmpty;
            var corrected = motion.Apply(wantsPixels ? image : reference, _options.Interpolation);
            _codec.Encode(wantsPixels ? corrected : null, motion, frame);
            var correctedReference = wantsPixels ? corrected.select(0, _options.ReferenceChannel) : corrected;
            return new MovedFrame(motion, _quality.Seen(reference), motion.IsZero ? null : _quality.Seen(correctedReference),
                _template.Needs(index) ? Measured(correctedReference).clone() : null);
        }
        catch
        {
            motion.Dispose();
            throw;
        }
    }

    private void Take(FrameTask frame, MovedFrame? moved)
    {
        if (moved is null)
        {
            _record.AddEmpty();
            _template.Skip(_index);
            Tell(frame, null, double.NaN, double.NaN);
        }
        else
        {
            var (before, after) = _quality.Add(moved.Before, moved.After);
            if (moved.Corrected is not null)
            {
                _template.Add(_index, moved.Motion, moved.Corrected);
            }

            _estimator.Learn(moved.Motion);
            var size = FieldSize.Of(moved.Motion);
            _record.Add(_index, moved.Motion.Shift, size);
            Tell(frame, moved, before, after, size);
        }

        _index++;
        if (!_onlyLooks && LearningSchedule.IsDue(_index))
        {
            _estimator.Update();
        }
    }

    // Every frame has the same numbers, so that they make a table.
    private void Tell(FrameTask frame, MovedFrame? moved, double before, double after, FieldSize size = default)
    {
        var shift = moved?.Motion.Shift ?? Displacement.Zero;
        if (_options.IsVolumetric && _context.Request.Frame.Shape.Depth > 1)
        {
            frame.Numbers["shift_z"] = shift.Z;
        }

        frame.Numbers["shift_y"] = shift.Y;
        frame.Numbers["shift_x"] = shift.X;
        if (_options.IsField)
        {
            frame.Numbers["displacement_mean"] = size.Mean;
            frame.Numbers["displacement_max"] = size.Largest;
        }

        frame.Numbers["correlation_before"] = before;
        frame.Numbers["correlation_after"] = after;
        frame.Numbers["has_structure"] = moved is null ? 0 : 1;
    }
}

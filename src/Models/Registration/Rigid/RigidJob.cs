using System.Runtime.InteropServices;
using InferenceBridge.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Registers the frames of one movie or stream.</summary>
internal sealed class RigidJob : IFrameJob
{
    private readonly RigidOptions _options;
    private readonly FrameJobContext _context;
    private readonly PhaseCorrelation _correlation;
    private readonly MotionTemplate _template;
    private readonly MotionQuality _quality;
    private readonly MotionRecord _record;
    private readonly int[] _reach;
    private long _index;

    public RigidJob(RigidOptions options, FrameJobContext context)
    {
        (_options, _context) = (options, context);
        var shape = context.Request.Frame.Shape;
        _reach = options.Reach(shape);
        int[] sizes = [options.IsVolumetric ? shape.Depth : 1, shape.Height, shape.Width];
        _correlation = new PhaseCorrelation(sizes, _reach, options.Smoothing, ScalarType.Float32, context.Device);
        _template = new MotionTemplate(options, _correlation, options.Passes > 1 && context.Request.FrameCount > 1);
        _quality = new MotionQuality(_reach[1], _reach[2], options.Threshold);
        _record = new MotionRecord(_reach, keepsFrames: context.Request.FrameCount is not null);
        try
        {
            if (context.Auxiliaries.TryGetValue(RigidOperation.TemplateInput, out var given))
            {
                SetTemplate(given);
            }

            if (context.State is { } state)
            {
                RigidState.Read(state, this);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public int Concurrency => _template.IsFixed(_index) ? CpuWorkers.Count(_context.Device) : 1;

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

    public void Process(IReadOnlyList<FrameTask> frames, CancellationToken cancellation)
    {
        using var withoutGradients = no_grad();
        var moved = new Moved[frames.Count];
        try
        {
            CpuWorkers.For(_context.Device, frames.Count, i => moved[i] = Move(frames[i], _index + i), cancellation);
            for (var i = 0; i < frames.Count; i++)
            {
                Take(frames[i], moved[i]);
            }
        }
        finally
        {
            Array.ForEach(moved, each => each.Dispose());
        }
    }

    public void EndPass()
    {
        using var withoutGradients = no_grad();
        var moved = _template.EndPass();
        _quality.EndPass(moved);
        _record.EndPass(moved);
        _index = 0;
    }

    public byte[] ExportState() => RigidState.Write(this);

    public void Dispose()
    {
        _template.Dispose();
        _correlation.Dispose();
        _quality.Dispose();
    }

    /// <summary>Writes what a new job needs to go on.</summary>
    internal void Write(BinaryWriter writer)
    {
        writer.Write(_index);
        _template.Write(writer);
        _quality.Write(writer);
        _record.Write(writer);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    internal void Read(BinaryReader reader)
    {
        using var withoutGradients = no_grad();
        _index = reader.ReadInt64();
        var shape = _context.Request.Frame.Shape;
        _template.Read(reader, [_options.IsVolumetric ? shape.Depth : 1, shape.Height, shape.Width], _context.Device);
        _quality.Read(reader, _context.Device);
        _record.Read(reader);
    }

    private void SetTemplate(MemoryVolume given)
    {
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        var shape = given.Info.Shape;
        var image = tensor(given.ToSingles(), [shape.Depth, shape.Height, shape.Width], device: _context.Device);
        if (!image.isfinite().all().item<bool>() || !HasStructure(image))
        {
            throw new InferenceException(InferenceError.AuxiliaryInvalid, RigidOperation.TemplateInput,
                "The template is constant or holds NaN or infinity; accepted: finite values with structure.");
        }

        _template.Set(Measured(image));
    }

    private static bool HasStructure(Tensor image) => image.max().ToDouble() > image.min().ToDouble();

    // Where slices move alike, their mean shows how.
    private Tensor Measured(Tensor stack) => _options.IsVolumetric || stack.shape[0] == 1 ? stack : stack.mean([0], keepdim: true);

    private Moved Move(FrameTask frame, long index)
    {
        var image = Decode(frame.Pixels.Span);
        var reference = image.select(0, _options.ReferenceChannel);
        if (!HasStructure(reference))
        {
            Encode(image, Displacement.Zero, frame);
            return default;
        }

        var measured = Measured(reference);
        var displacement = _template.IsEmpty ? Displacement.Zero : Within(_correlation.Estimate(measured));
        var wantsPixels = !frame.Result.IsEmpty;
        var corrected = Resampler.Shift(wantsPixels ? image : reference, displacement, _options.Interpolation);
        var correctedReference = wantsPixels ? corrected.select(0, _options.ReferenceChannel) : corrected;
        if (wantsPixels)
        {
            Encode(corrected, displacement, frame);
        }

        return new Moved(
            displacement,
            SmoothedImage.Of(reference).DetachFromDisposeScope(),
            SmoothedImage.Of(correctedReference).DetachFromDisposeScope(),
            _template.Needs(index) ? Measured(correctedReference).clone().DetachFromDisposeScope() : null);
    }

    private void Take(FrameTask frame, Moved moved)
    {
        if (moved.Before is null)
        {
            _record.AddEmpty();
            _index++;
            Tell(frame, Displacement.Zero, double.NaN, double.NaN, hasStructure: false);
            return;
        }

        if (frame.SideResults.TryGetValue(RigidOperation.DisplacementOutput, out var field))
        {
            var values = MemoryMarshal.Cast<byte, float>(field.Span);
            values[..(values.Length / 2)].Fill((float)moved.Displacement.Y);
            values[(values.Length / 2)..].Fill((float)moved.Displacement.X);
        }

        var (before, after) = _quality.Add(moved.Before, moved.After!);
        if (moved.Corrected is not null)
        {
            _template.Add(_index, moved.Displacement, moved.Corrected);
        }

        _record.Add(_index++, moved.Displacement);
        Tell(frame, moved.Displacement, before, after, hasStructure: true);
    }

    // Every frame has the same numbers, so that they make a table.
    private void Tell(FrameTask frame, Displacement displacement, double before, double after, bool hasStructure)
    {
        if (_options.IsVolumetric && _context.Request.Frame.Shape.Depth > 1)
        {
            frame.Numbers["shift_z"] = displacement.Z;
        }

        frame.Numbers["shift_y"] = displacement.Y;
        frame.Numbers["shift_x"] = displacement.X;
        frame.Numbers["correlation_before"] = before;
        frame.Numbers["correlation_after"] = after;
        frame.Numbers["has_structure"] = hasStructure ? 1 : 0;
    }

    private Displacement Within(Displacement found) => new(
        Math.Clamp(found.Z, -_reach[0], _reach[0]), Math.Clamp(found.Y, -_reach[1], _reach[1]), Math.Clamp(found.X, -_reach[2], _reach[2]));

    private Tensor Decode(ReadOnlySpan<byte> pixels)
    {
        var info = _context.Request.Frame;
        var image = empty([info.Shape.Channels, info.Shape.Depth, info.Shape.Height, info.Shape.Width]);
        PixelConverter.ToSingle(pixels, info.PixelType, MemoryMarshal.Cast<byte, float>(image.bytes));
        return image.to(_context.Device);
    }

    private void Encode(Tensor image, Displacement displacement, FrameTask frame)
    {
        if (frame.Result.IsEmpty)
        {
            return;
        }

        if (_options.Edge == FrameEdge.Crop)
        {
            for (var axis = 0; axis < 3; axis++)
            {
                image = image.narrow(axis + 1, _reach[axis], image.shape[axis + 1] - (2 * _reach[axis]));
            }
        }
        else if (_options.Edge == FrameEdge.NotANumber && displacement != Displacement.Zero)
        {
            image = image.clone();
            Resampler.MaskOutside(image, displacement);
        }

        var values = image.to(CPU).contiguous();
        frame.SaturatedPixels = PixelConverter.FromSingle(MemoryMarshal.Cast<byte, float>(values.bytes), _context.Result.PixelType, frame.Result.Span);
    }

    /// <summary>A frame that was moved; all null where it showed nothing.</summary>
    private readonly record struct Moved(Displacement Displacement, Tensor? Before, Tensor? After, Tensor? Corrected) : IDisposable
    {
        public void Dispose()
        {
            Before?.Dispose();
            After?.Dispose();
            Corrected?.Dispose();
        }
    }
}

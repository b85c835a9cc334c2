using System.Runtime.InteropServices;
using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>Turns pixels of frames into tensors, and corrected frames and displacements into pixels.</summary>
/// <param name="options">Parameters.</param>
/// <param name="context">The job's frames and device.</param>
internal sealed class FrameCodec(MotionOptions options, FrameJobContext context)
{
    private readonly int[] _margin = options.Margin(context.Request.Frame.Shape);

    /// <summary>The pixels of a frame: float32, (c, z, y, x).</summary>
    public Tensor Decode(ReadOnlySpan<byte> pixels)
    {
        var info = context.Request.Frame;
        var image = empty([info.Shape.Channels, info.Shape.Depth, info.Shape.Height, info.Shape.Width]);
        PixelConverter.ToSingle(pixels, info.PixelType, MemoryMarshal.Cast<byte, float>(image.bytes));
        return image.to(context.Device);
    }

    /// <summary>Writes what a task asks for: pixels, displacements, or nothing.</summary>
    /// <param name="corrected">(c, z, y, x); null where the task asks for no pixels.</param>
    /// <param name="motion">How the frame has moved; null where nothing is known of it.</param>
    /// <param name="frame">The task.</param>
    public void Encode(Tensor? corrected, Motion? motion, FrameTask frame)
    {
        if (corrected is not null && !frame.Result.IsEmpty)
        {
            var values = Edged(corrected, motion).to(CPU).contiguous();
            frame.SaturatedPixels = PixelConverter.FromSingle(MemoryMarshal.Cast<byte, float>(values.bytes), context.Result.PixelType, frame.Result.Span);
        }

        if (frame.SideResults.TryGetValue(MotionOperation.DisplacementOutput, out var side) && !side.IsEmpty)
        {
            Displacements(motion).to(CPU).contiguous().bytes.CopyTo(side.Span);
        }
    }

    private Tensor Edged(Tensor image, Motion? motion)
    {
        if (options.Edge == FrameEdge.Crop)
        {
            return Cropped(image, 1);
        }

        if (options.Edge != FrameEdge.NotANumber || motion is null || (motion.Field is null && motion.Shift == Displacement.Zero))
        {
            return image;
        }

        image = image.clone();
        if (motion.Field is { } field)
        {
            FieldWarp.MaskOutside(image, field);
        }
        else
        {
            Resampler.MaskOutside(image, motion.Shift);
        }

        return image;
    }

    private Tensor Displacements(Motion? motion)
    {
        var frame = context.Request.Frame.Shape;
        var shape = MotionOperation.DisplacementShape(options, frame);
        var shift = motion?.Shift ?? Displacement.Zero;
        float[] constant = shape.Channels == 3 ? [(float)shift.Z, (float)shift.Y, (float)shift.X] : [(float)shift.Y, (float)shift.X];
        var field = motion?.Field is { } given
            ? given.unsqueeze(1)
            : tensor(constant, [shape.Channels, 1, 1, 1], device: context.Device);
        return Cropped(field.expand(shape.Channels, frame.Depth, frame.Height, frame.Width), 1);
    }

    private Tensor Cropped(Tensor image, int first)
    {
        for (var axis = 0; axis < 3 && options.Edge == FrameEdge.Crop; axis++)
        {
            image = image.narrow(first + axis, _margin[axis], image.shape[first + axis] - (2 * _margin[axis]));
        }

        return image;
    }
}

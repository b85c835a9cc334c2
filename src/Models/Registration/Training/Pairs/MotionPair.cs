using System.Numerics.Tensors;
using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Makes a template and a frame that has moved against it from one clean image, with the displacements between them.</summary>
internal static class MotionPair
{
    /// <summary>Channel of the input that holds the template; the frame is the other. The target's channels are y and x.</summary>
    public const int TemplateChannel = 0;

    // Of what has no structure nothing is made.
    private const float DarkestPeak = 0.05f;

    /// <summary>Channel of the input that holds the frame.</summary>
    public const int FrameChannel = 1;

    /// <summary>
    /// Fills a crop. The template's content at p lies at p + d(p) in the frame, d being the target. Where that is outside of the frame, or came
    /// from outside of the image, the weight is 0.
    /// </summary>
    /// <param name="image">The clean image.</param>
    /// <param name="placement">Where in it the crop lies.</param>
    /// <param name="field">The motion.</param>
    /// <param name="movesFrame">
    /// Whether the frame is the image sampled against the field, whose inverse is the target; else the template is the image sampled along it, and
    /// the field itself is the target. Interpolation smooths, so that training has both.
    /// </param>
    /// <param name="appearance">All other differences.</param>
    /// <param name="crop">Two channels of input and two of target.</param>
    /// <param name="random">Random numbers.</param>
    /// <returns>False where the field has no inverse, and was to have one: the crop is then of no use.</returns>
    public static bool Fill(
        CleanImage image, CropPlacement placement, KnownField field, bool movesFrame, AppearanceOptions appearance, Crop crop, SeededRandom random)
    {
        var (size, source) = (crop.Size, new CubicImage(image.Light, image.Height, image.Width));
        var template = crop.Input(TemplateChannel);
        var frame = crop.Input(FrameChannel);
        var y = crop.TargetChannel(0);
        var x = crop.TargetChannel(1);
        if (movesFrame)
        {
            if (!field.SampleInverse(size, size, y, x))
            {
                return false;
            }

            var (backY, backX) = (new float[size * size], new float[size * size]);
            field.Sample(size, size, backY, backX);
            Sample(source, placement, size, template, [], [], 0);
            Sample(source, placement, size, frame, backY, backX, -1);
            Expose(appearance, template, frame, size, backY, backX, random);
        }
        else
        {
            field.Sample(size, size, y, x);
            Sample(source, placement, size, template, y, x, 1);
            Sample(source, placement, size, frame, [], [], 0);
            Expose(appearance, template, frame, size, [], [], random);
        }

        Mask(source, placement, size, y, x, crop.Weight, movesFrame);
        return true;
    }

    /// <summary>Fills a square with what lies in an image where it is placed.</summary>
    public static void Sample(CubicImage source, CropPlacement placement, Span<float> result, int size) => Sample(source, placement, size, result, [], [], 0);

    private static void Expose(
        AppearanceOptions options, Span<float> template, Span<float> frame, int size, ReadOnlySpan<float> backY, ReadOnlySpan<float> backX, SeededRandom random)
    {
        if (random.NextUniform() < options.BrightenedShare)
        {
            Brighten(template, frame);
        }

        if (random.NextUniform() < options.InvertedShare)
        {
            Invert(template);
            Invert(frame);
        }

        options = random.NextUniform() < options.ChangedShare ? options : options.Unchanged;
        Transients.Draw(options, size, random).Apply(frame, size, backY, backX);
        var exposure = Exposure.Draw(options, size, random);
        exposure.Template(template, random);
        exposure.Frame(frame, size, random);
    }

    private static void Brighten(Span<float> template, Span<float> frame)
    {
        var factor = 1 / Math.Max(DarkestPeak, TensorPrimitives.Max<float>(frame));
        TensorPrimitives.Multiply(template, factor, template);
        TensorPrimitives.Multiply(frame, factor, frame);
    }

    private static void Invert(Span<float> light)
    {
        foreach (ref var value in light)
        {
            value = 1 - value;
        }
    }

    private static void Sample(
        CubicImage source, CropPlacement placement, int size, Span<float> result, ReadOnlySpan<float> y, ReadOnlySpan<float> x, float sign)
    {
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                var i = (row * size) + column;
                var (atY, atX) = y.IsEmpty ? placement.Of(row, column) : placement.Of(row + (sign * y[i]), column + (sign * x[i]));
                result[i] = source.At(atY, atX);
            }
        }
    }

    private static void Mask(
        CubicImage source, CropPlacement placement, int size, ReadOnlySpan<float> y, ReadOnlySpan<float> x, Span<float> weight, bool movesFrame)
    {
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                // A template that was sampled beyond the image shows its border there.
                var i = (row * size) + column;
                var (atY, atX) = (row + y[i], column + x[i]);
                var (inY, inX) = movesFrame ? placement.Of(row, column) : placement.Of(atY, atX);
                if (!(atY >= 0 && atX >= 0 && atY <= size - 1 && atX <= size - 1 && source.Holds(inY, inX)))
                {
                    weight[i] = 0;
                }
            }
        }
    }
}

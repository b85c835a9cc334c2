using System.Numerics.Tensors;

namespace InferenceBridge.Imaging;

/// <summary>Pictures of point-spread functions.</summary>
public static class PsfPicture
{
    private const int Gap = 8;
    private const int CaptionRows = 24;

    // The fourth root shows a ring of a hundredth of the peak as bright as a third of it.
    private const double RaisedExponent = 0.25;

    /// <summary>
    /// Draws the planes through the brightest voxel: xy above, xz below (rows are z), to the scale of the calibration; left as they
    /// are, right with dim light raised (fourth root), so that rings and cones show. Black is 0, white the brightest voxel.
    /// </summary>
    /// <param name="psf">A single stack, finite; negative values are black.</param>
    /// <param name="cancellation">Stops between planes.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.ShapeMismatch"/>: several channels or frames.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Picture Create(IVolumeReader psf, CancellationToken cancellation = default)
    {
        var shape = psf.Info.Shape;
        if (shape.StackCount != 1)
        {
            throw new InferenceException(InferenceError.ShapeMismatch, "psf", $"The point-spread function is {shape}; accepted: 1 frame and 1 channel.");
        }

        var scale = ProjectionScale.Create(psf.Info, new PictureOptions());
        var (xy, xz, peak) = Cut(psf, cancellation);
        FloatImage[] views = shape.Depth > 1
            ? [xy.Resize(scale.Width, scale.Height), xz.Resize(scale.Width, scale.Depth)]
            : [xy.Resize(scale.Width, scale.Height)];
        var width = scale.Width * scale.Zoom;
        var picture = new Picture((3 * Gap) + (2 * width), Gap + CaptionRows + views.Sum(view => (view.Height * scale.Zoom) + Gap), 1);
        foreach (var (left, caption, exponent) in new[] { (Gap, "linear", 1), ((2 * Gap) + width, "fourth root", RaisedExponent) })
        {
            BitmapFont.Draw(picture, left, Gap, BitmapFont.Fit(caption, 2, width), 2, byte.MaxValue);
            var top = Gap + CaptionRows;
            foreach (var view in views)
            {
                var drawn = Draw(view, peak, exponent).Enlarge(scale.Zoom);
                picture.Draw(drawn, left, top);
                if (scale.MicrometresPerPixel is { } micrometres && ReferenceEquals(view, views[0]))
                {
                    ScaleBar.Draw(picture, left, top, drawn, micrometres);
                }

                top += drawn.Height + Gap;
            }
        }

        return picture;
    }

    private static (FloatImage Xy, FloatImage Xz, float Peak) Cut(IVolumeReader psf, CancellationToken cancellation)
    {
        var (depth, height, width) = (psf.Info.Shape.Depth, psf.Info.Shape.Height, psf.Info.Shape.Width);
        var (plane, best) = (new float[psf.Info.Shape.PlaneElementCount], new float[psf.Info.Shape.PlaneElementCount]);
        var peak = float.NegativeInfinity;
        for (var z = 0; z < depth; z++)
        {
            cancellation.ThrowIfCancellationRequested();
            psf.ReadPlane(z, plane);
            if (TensorPrimitives.Max<float>(plane) is var brightest && brightest > peak)
            {
                peak = brightest;
                plane.CopyTo(best, 0);
            }
        }

        var row = TensorPrimitives.IndexOfMax<float>(best) / width;
        var xz = new float[checked((long)depth * width)];
        for (var z = 0; z < depth; z++)
        {
            psf.ReadPlane(z, plane);
            plane.AsSpan(row * width, width).CopyTo(xz.AsSpan(z * width, width));
        }

        return (new FloatImage(width, height, best), new FloatImage(width, depth, xz), peak);
    }

    private static Picture Draw(FloatImage image, float peak, double exponent)
    {
        var picture = new Picture(image.Width, image.Height, 1);
        for (var i = 0; i < image.Values.Length; i++)
        {
            var part = peak > 0 ? Math.Clamp((double)image.Values[i] / peak, 0, 1) : 0;
            picture.Pixels[i] = (byte)Math.Round(byte.MaxValue * Math.Pow(part, exponent));
        }

        return picture;
    }
}

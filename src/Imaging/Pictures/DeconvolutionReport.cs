namespace InferenceBridge.Imaging;

/// <summary>One picture that tells what a deconvolution did.</summary>
public static class DeconvolutionReport
{
    private const int Gap = 8;
    private const int CaptionRows = 24;
    private const int PsfSide = 192;
    private const int ProfileRows = 160;
    private const byte BeforeLevel = 130;

    /// <summary>
    /// Draws the maximum projections before and after, side by side; below them the PSF in xy and xz through its brightest voxel, and
    /// the line along x through the brightest voxel of the result, before (grey) and after (white), each from its own smallest to its
    /// own largest value. Of several frames the options' one is shown; the profile and the PSF are those of the first channel.
    /// </summary>
    /// <param name="before">The image; only read.</param>
    /// <param name="after">The result, of the same sizes; only read.</param>
    /// <param name="psf">The PSF; null where there is none to show.</param>
    /// <param name="options">How; null takes the defaults.</param>
    /// <param name="resultCaption">What is written beside the result, such as how it was cut.</param>
    /// <param name="cancellation">Stops between planes.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ShapeMismatch"/>: the volumes differ in size; <see cref="InferenceError.ParameterOutOfRange"/>: an option.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Picture Create(
        IVolumeReader before, IVolumeReader after, IVolumeReader? psf, PictureOptions? options = null, string resultCaption = "after",
        CancellationToken cancellation = default)
    {
        if (before.Info.Shape != after.Info.Shape)
        {
            throw new InferenceException(InferenceError.ShapeMismatch, "after",
                $"The result is {after.Info.Shape} and the image {before.Info.Shape}; accepted: the same sizes.");
        }

        options ??= new PictureOptions();
        var projections = BeforeAfterPicture.Create([new(before, "before"), new(after, resultCaption)], options, cancellation);
        var panel = psf is null ? null : PsfPanel.Create(psf, PsfSide, cancellation);
        var (caption, below) = (projections.Height, projections.Height + CaptionRows);
        var profileLeft = Gap + (panel is null ? 0 : panel.Width + Gap);
        var width = Math.Max(projections.Width, profileLeft + (2 * PsfSide) + Gap);
        var picture = new Picture(width, below + Math.Max(ProfileRows, panel?.Height ?? 0) + Gap, projections.Channels);
        picture.Draw(projections, 0, 0);
        if (panel is not null)
        {
            Caption(picture, Gap, caption, panel.Width, "psf (root) xy, xz");
            picture.Draw(panel, Gap, below);
        }

        var point = BrightestPoint.Of(after, options.Frame, 0, cancellation);
        var profileWidth = width - profileLeft - Gap;
        Caption(picture, profileLeft, caption, profileWidth,
            FormattableString.Invariant($"along x at z {point.Z}, y {point.Y}: before grey, after white"));
        LineProfile.Draw(picture, profileLeft, below, profileWidth, ProfileRows,
            (Line(before, options.Frame, point), BeforeLevel), (Line(after, options.Frame, point), byte.MaxValue));
        return picture;
    }

    private static void Caption(Picture picture, int left, int top, int width, string text)
    {
        var scale = BitmapFont.Width(text, 2) <= width ? 2 : 1;
        BitmapFont.Draw(picture, left, top + ((CaptionRows - (BitmapFont.Rows * scale)) / 2), BitmapFont.Fit(text, scale, width), scale, byte.MaxValue);
    }

    private static float[] Line(IVolumeReader volume, int frame, BrightestPoint point)
    {
        var plane = new float[volume.Info.Shape.PlaneElementCount];
        volume.ReadPlane(volume.Info.Shape.PlaneNumber(frame, 0, point.Z), plane);
        return plane[(point.Y * volume.Info.Shape.Width)..((point.Y + 1) * volume.Info.Shape.Width)];
    }
}

namespace InferenceBridge.Imaging;

/// <summary>Pictures of maximum projections.</summary>
public static class ProjectionPicture
{
    private const byte GapLevel = 64;

    /// <summary>
    /// Draws the maximum projections of a volume's first frame (or another): along z top left, along x (columns are z) to its
    /// right, along y (rows are z) below it, all to the scale of the calibration. A single plane stands alone. Every channel
    /// is stretched on its own between percentiles of its projection along z; several channels are added up in green, magenta,
    /// cyan, yellow, red, blue and white. Reads plane by plane. Planes of NaN are black.
    /// </summary>
    /// <param name="volume">What to show.</param>
    /// <param name="options">How; null takes the defaults.</param>
    /// <param name="cancellation">Stops between planes.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ParameterOutOfRange"/>: an option; <see cref="InferenceError.VolumeTooLarge"/>: a plane or a
    /// projection of more than 2^28 pixels.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Picture Create(IVolumeReader volume, PictureOptions? options = null, CancellationToken cancellation = default)
    {
        var projected = ProjectedVolume.Create(volume, options ?? new PictureOptions(), cancellation);
        if (projected.AlongX is not { } alongX || projected.AlongY is not { } alongY)
        {
            return projected.AlongZ;
        }

        var alongZ = projected.AlongZ;
        var (right, below) = (alongZ.Width + ProjectionScale.Gap, alongZ.Height + ProjectionScale.Gap);
        var picture = new Picture(right + alongX.Width, below + alongY.Height, alongZ.Channels);
        picture.Fill(0, alongZ.Height, picture.Width, ProjectionScale.Gap, GapLevel);
        picture.Fill(alongZ.Width, 0, ProjectionScale.Gap, picture.Height, GapLevel);
        picture.Draw(alongZ, 0, 0);
        picture.Draw(alongX, right, 0);
        picture.Draw(alongY, 0, below);
        return picture;
    }
}

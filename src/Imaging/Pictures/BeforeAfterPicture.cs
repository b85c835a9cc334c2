namespace InferenceBridge.Imaging;

/// <summary>Volumes side by side with captions, as before and after a restoration.</summary>
public static class BeforeAfterPicture
{
    private const int Gap = 8;
    private const int CaptionRows = 24;

    /// <summary>
    /// Draws each volume's maximum projection along z under its caption, and along y (rows are z) below, to the scale of its
    /// calibration. Contrast is stretched for each volume on its own. The first volume that is calibrated bears a scale bar.
    /// </summary>
    /// <param name="panels">From left to right, at least one.</param>
    /// <param name="options">How; null takes the defaults. The sizes hold for each panel.</param>
    /// <param name="cancellation">Stops between planes.</param>
    /// <exception cref="ArgumentException">There are no panels.</exception>
    /// <exception cref="InferenceException"><see cref="InferenceError.ParameterOutOfRange"/>: an option.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Picture Create(
        IReadOnlyList<PicturePanel> panels, PictureOptions? options = null, CancellationToken cancellation = default)
    {
        if (panels.Count == 0)
        {
            throw new ArgumentException("No panels; accepted: at least one.", nameof(panels));
        }

        var views = new List<ProjectedVolume>();
        foreach (var panel in panels)
        {
            views.Add(ProjectedVolume.Create(panel.Volume, options ?? new PictureOptions(), cancellation));
        }

        var top = Gap + CaptionRows;
        var below = top + views.Max(view => view.AlongZ.Height) + (Gap / 2);
        var depth = views.Max(view => view.AlongY?.Height ?? 0);
        var picture = new Picture(Gap + views.Sum(view => view.AlongZ.Width + Gap), below + depth + Gap, views.Max(view => view.AlongZ.Channels));
        var calibrated = views.FindIndex(view => view.MicrometresPerPixel is not null);

        // One size of letters for all captions.
        var letterScale = panels.Zip(views).All(pair => BitmapFont.Width(pair.First.Caption, 2) <= pair.Second.AlongZ.Width) ? 2 : 1;
        var left = Gap;
        for (var i = 0; i < views.Count; i++)
        {
            var view = views[i];
            DrawCaption(picture, left, view.AlongZ.Width, panels[i].Caption, letterScale);
            picture.Draw(view.AlongZ, left, top);
            if (view.AlongY is { } alongY)
            {
                picture.Draw(alongY, left, below);
            }

            if (i == calibrated)
            {
                ScaleBar.Draw(picture, left, top, view.AlongZ, view.MicrometresPerPixel!.Value);
            }

            left += view.AlongZ.Width + Gap;
        }

        return picture;
    }

    private static void DrawCaption(Picture picture, int left, int width, string caption, int scale)
    {
        var top = Gap + ((CaptionRows - (BitmapFont.Rows * scale)) / 2);
        BitmapFont.Draw(picture, left, top, BitmapFont.Fit(caption, scale, width), scale, byte.MaxValue);
    }
}

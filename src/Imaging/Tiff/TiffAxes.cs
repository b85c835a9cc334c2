namespace InferenceBridge.Imaging;

/// <summary>
/// Where the planes of a volume are in a file: for each plane (Z fastest, then C, then T) the page and the sample in it.
/// </summary>
/// <param name="Info">Shape, pixel type, calibration.</param>
/// <param name="Flavour">Convention that the file follows.</param>
/// <param name="Planes">Page and sample of every plane.</param>
internal sealed record TiffAxes(VolumeInfo Info, TiffFlavour Flavour, IReadOnlyList<(int Page, int Sample)> Planes)
{
    /// <summary>Pages are slices; samples of a pixel are channels.</summary>
    public static TiffAxes Plain(TiffPage page, int pages, Calibration calibration)
    {
        var shape = new VolumeShape(1, page.Samples, pages, page.Height, page.Width);
        var planes = new List<(int, int)>((int)shape.PlaneCount);
        for (var sample = 0; sample < page.Samples; sample++)
        {
            for (var z = 0; z < pages; z++)
            {
                planes.Add((z, sample));
            }
        }

        return new TiffAxes(new VolumeInfo(shape, page.SampleType.PixelType) { Calibration = calibration }, TiffFlavour.Plain, planes);
    }

    /// <summary>ImageJ: pages in the order C fastest, then Z, then T; interleaved samples are channels.</summary>
    public static TiffAxes FromImageJ(TiffPage page, int pages, ImageJDescription description, Calibration calibration, string path)
    {
        var (channels, slices, frames) = description.Axes(pages, path);
        var shape = new VolumeShape(frames, checked(channels * page.Samples), slices, page.Height, page.Width);
        var planes = new List<(int, int)>((int)shape.PlaneCount);
        for (long plane = 0; plane < shape.PlaneCount; plane++)
        {
            var (t, c, z) = shape.PlaneAt(plane);
            var (channel, sample) = Math.DivRem(c, page.Samples);
            planes.Add((checked((((t * slices) + z) * channels) + channel), sample));
        }

        return new TiffAxes(new VolumeInfo(shape, page.SampleType.PixelType) { Calibration = calibration }, TiffFlavour.ImageJ, planes);
    }
}

using BitMiracle.LibTiff.Classic;

namespace InferenceBridge.Imaging;

/// <summary>What all pages of a file that is written have in common.</summary>
internal sealed class TiffPageLayout
{
    public TiffPageLayout(VolumeInfo info, TiffFlavour flavour)
    {
        Info = info;
        RowBytes = checked(info.Shape.Width * info.PixelType.BytesPerPixel());

        // Strips of about 8 MiB: few enough for a quick directory, small enough for memory.
        RowsPerStrip = Math.Clamp((8 << 20) / RowBytes, 1, info.Shape.Height);
        StripCount = ((info.Shape.Height - 1) / RowsPerStrip) + 1;
        ResolutionTags = ResolutionOf(info.Calibration, flavour);
    }

    public VolumeInfo Info { get; }

    public int RowBytes { get; }

    public int RowsPerStrip { get; }

    public int StripCount { get; }

    public int BitsPerSample => Info.PixelType.BytesPerPixel() * 8;

    public SampleFormat SampleFormat => Info.PixelType switch
    {
        PixelType.Float32 or PixelType.Float64 => SampleFormat.IEEEFP,
        PixelType.Int16 or PixelType.Int32 => SampleFormat.INT,
        _ => SampleFormat.UINT,
    };

    /// <summary>Pixels per unit along x and y, and the unit; none where they are not known.</summary>
    public IReadOnlyList<NewTag> ResolutionTags { get; }

    /// <summary>
    /// An upper bound of the file's size without metadata. Directories count where planes are small; pixels that cannot be
    /// compressed grow a little when it is tried.
    /// </summary>
    public long EstimatedBytes => checked(Info.TotalBytes + (Info.TotalBytes / 512) + (Info.Shape.PlaneCount * (320 + (16L * StripCount))));

    // ImageJ reads pixels per unit, whatever the unit; others read centimetres.
    private static NewTag[] ResolutionOf(Calibration calibration, TiffFlavour flavour)
    {
        if (calibration.Unit == "pixel" || calibration.VoxelWidth <= 0 || calibration.VoxelHeight <= 0)
        {
            return [];
        }

        var isImageJ = flavour == TiffFlavour.ImageJ;
        var scale = isImageJ ? 1 : LengthUnits.TryGetMicrometres(calibration.Unit, out var micrometres) ? 1e4 / micrometres : 0;
        return scale > 0
            ?
            [
                NewTag.Rational(282, scale / calibration.VoxelWidth),
                NewTag.Rational(283, scale / calibration.VoxelHeight),
                NewTag.Short(296, (int)(isImageJ ? ResUnit.NONE : ResUnit.CENTIMETER)),
            ]
            : [];
    }
}

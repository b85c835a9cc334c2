using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>An image whose pixel size is stated, whatever its file says.</summary>
internal sealed class SizedPixels : IVolumeReader
{
    private readonly IVolumeReader _inner;

    /// <param name="inner">The image, which belongs to whoever opened it.</param>
    /// <param name="micrometres">Side of a pixel in µm.</param>
    public SizedPixels(IVolumeReader inner, double micrometres)
    {
        var known = inner.Info.Calibration;
        var depth = known.VoxelSizeMicrometres?.Z ?? 1;
        _inner = inner;
        Info = inner.Info with { Calibration = known with { VoxelWidth = micrometres, VoxelHeight = micrometres, VoxelDepth = depth, Unit = "µm" } };
    }

    public VolumeInfo Info { get; }

    public void ReadRows(long plane, int firstRow, int rowCount, Span<byte> destination) => _inner.ReadRows(plane, firstRow, rowCount, destination);

    public void Dispose()
    {
        // The file belongs to whoever opened it.
    }
}

namespace InferenceBridge.Server.Jobs;

/// <summary>Planes of the image for the tiles that need them.</summary>
internal interface IPlaneSource
{
    /// <summary>Waits until every plane below <paramref name="endPlane"/> is there.</summary>
    ValueTask WaitForAsync(long endPlane, CancellationToken cancellation);

    /// <summary>Rows of a plane that is there and not released, as little-endian pixels; valid until the next call.</summary>
    ReadOnlySpan<byte> Rows(long plane, int firstRow, int rowCount);

    /// <summary>Planes below <paramref name="plane"/> are not needed any more.</summary>
    void ReleaseBefore(long plane);
}

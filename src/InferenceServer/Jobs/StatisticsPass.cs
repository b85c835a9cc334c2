using InferenceBridge.Imaging;

namespace InferenceBridge.Server.Jobs;

/// <summary>Gathers the statistics of an image, the noise included, as its chunks come by.</summary>
internal sealed class StatisticsPass(VolumeInfo info)
{
    private readonly StatisticsAccumulator _statistics = new();
    private readonly NoiseEstimator _noise = new();
    private readonly NoiseLawEstimator _noiseLaw = new();
    private readonly float[] _plane = new float[info.Shape.PlaneElementCount];

    public void Add(ReceivedChunk chunk)
    {
        var (height, width) = (info.Shape.Height, info.Shape.Width);
        var rows = chunk.Range.RowCount;
        var bytes = chunk.Data.Length / chunk.Range.PlaneCount;
        for (var i = 0; i < chunk.Range.PlaneCount; i++)
        {
            var values = _plane.AsSpan(chunk.Range.FirstRow * width, rows * width);
            PixelConverter.ToSingle(chunk.Data.Span.Slice(i * bytes, bytes), info.PixelType, values);
            _statistics.Add(values);
            if (chunk.Range.FirstRow + rows == height)
            {
                _noise.Add(_plane, height, width);
                _noiseLaw.Add(_plane, height, width);
            }
        }
    }

    public IntensityStatistics ToStatistics() => _statistics.ToStatistics(_noise.StandardDeviation) with { NoiseLaw = _noiseLaw.Estimate() };
}

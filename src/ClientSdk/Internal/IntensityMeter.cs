using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Internal;

/// <summary>Statistics of each channel of a volume, gathered from its rows as they pass.</summary>
internal sealed class IntensityMeter
{
    private readonly VolumeInfo _info;
    private readonly StatisticsAccumulator[] _channels;
    private float[] _values = [];

    public IntensityMeter(VolumeInfo info)
    {
        _info = info;
        _channels = [.. Enumerable.Range(0, info.Shape.Channels).Select(_ => new StatisticsAccumulator())];
    }

    public IReadOnlyList<IntensityStatistics> Channels => [.. _channels.Select(channel => channel.ToStatistics())];

    public void Add(long plane, ReadOnlySpan<byte> rows)
    {
        const int Block = 1 << 14;
        var size = _info.PixelType.BytesPerPixel();
        var channel = _channels[_info.Shape.PlaneAt(plane).C];
        if (_values.Length == 0)
        {
            _values = new float[Block];
        }

        for (var at = 0; at < rows.Length; at += Block * size)
        {
            var bytes = rows.Slice(at, Math.Min(Block * size, rows.Length - at));
            var values = _values.AsSpan(0, bytes.Length / size);
            PixelConverter.ToSingle(bytes, _info.PixelType, values);
            channel.Add(values);
        }
    }
}

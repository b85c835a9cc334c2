using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>Statistics over some dimensions of a tensor, which keep their place with length 1.</summary>
internal static class TensorStatistics
{
    /// <summary>Mean and population standard deviation, as float32.</summary>
    public static (Tensor Mean, Tensor Deviation) Moments(Tensor tensor, long[] dimensions)
    {
        // float32 sums of many pixels lose digits: a plane at a time in double precision would too, were it summed in float32.
        var values = tensor.to_type(ScalarType.Float64);
        var mean = values.mean(dimensions, keepdim: true);
        var deviation = values.sub(mean).square().mean(dimensions, keepdim: true).sqrt();
        return (mean.to_type(ScalarType.Float32), deviation.to_type(ScalarType.Float32));
    }

    /// <summary>Two percentiles, linear between the sorted elements.</summary>
    public static (Tensor Lower, Tensor Upper) Percentiles(Tensor tensor, long[] dimensions, double lower, double upper)
    {
        var kept = Enumerable.Range(0, tensor.shape.Length).Select(i => (long)i).Except(dimensions).ToArray();
        var shape = tensor.shape.Select((size, i) => dimensions.Contains(i) ? 1 : size).ToArray();
        var rows = tensor.to_type(ScalarType.Float32).permute([.. kept, .. dimensions]).reshape(kept.Aggregate(1L, (n, i) => n * tensor.shape[i]), -1);
        var (sorted, _) = rows.sort(1);
        return (At(sorted, lower).reshape(shape), At(sorted, upper).reshape(shape));
    }

    private static Tensor At(Tensor sorted, double percent)
    {
        var position = percent / 100 * (sorted.shape[1] - 1);
        var index = (long)Math.Floor(position);
        var next = Math.Min(index + 1, sorted.shape[1] - 1);
        var low = sorted.select(1, index);
        return low.add(sorted.select(1, next).sub(low).mul(position - index));
    }
}

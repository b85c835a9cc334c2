namespace InferenceBridge.Imaging;

/// <summary>How volumes are turned into pictures.</summary>
public sealed record PictureOptions
{
    /// <summary>Per cent of pixels that become black (0 to 100; default 0.35).</summary>
    public double LowPercent { get; init; } = 0.35;

    /// <summary>Per cent of pixels below white (above <see cref="LowPercent"/> to 100; default 99.9).</summary>
    public double HighPercent { get; init; } = 99.9;

    /// <summary>Width and height of the picture at most, in pixels (64 to 16384; default 2048). Larger images are reduced.</summary>
    public int MaximumSide { get; init; } = 2048;

    /// <summary>Images whose longer side is below this many pixels are enlarged by a whole factor (0 to 1024; default 256).</summary>
    public int MinimumSide { get; init; } = 256;

    /// <summary>Time point to show, from 0 (default: the first).</summary>
    public int Frame { get; init; }

    internal void Validate(VolumeInfo info)
    {
        Check("low_percent", LowPercent, LowPercent is >= 0 and <= 100, "0 to 100");
        Check("high_percent", HighPercent, HighPercent > LowPercent && HighPercent <= 100, $"above low_percent to 100");
        Check("maximum_side", MaximumSide, MaximumSide is >= 64 and <= 16384, "64 to 16384");
        Check("minimum_side", MinimumSide, MinimumSide is >= 0 and <= 1024, "0 to 1024");
        Check("frame", Frame, Frame >= 0 && Frame < info.Shape.Frames, $"0 to {info.Shape.Frames - 1}");
    }

    private static void Check(string name, double value, bool valid, string accepted)
    {
        if (!valid)
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, name,
                FormattableString.Invariant($"{name} is {value}; accepted: {accepted}."));
        }
    }
}

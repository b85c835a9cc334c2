namespace InferenceBridge.Imaging;

/// <summary>
/// Sizes of a volume in pixels along its axes T, C, Z, Y, X. Planes are numbered with Z fastest, then C, then T.
/// </summary>
/// <param name="Frames">Time points (T).</param>
/// <param name="Channels">Channels (C).</param>
/// <param name="Depth">Slices (Z).</param>
/// <param name="Height">Rows (Y).</param>
/// <param name="Width">Columns (X).</param>
public readonly record struct VolumeShape(int Frames, int Channels, int Depth, int Height, int Width)
{
    /// <summary>A single stack.</summary>
    public VolumeShape(int depth, int height, int width)
        : this(1, 1, depth, height, width)
    {
    }

    /// <summary>Number of planes, T × C × Z.</summary>
    public long PlaneCount => checked((long)Frames * Channels * Depth);

    /// <summary>Number of stacks of Z planes, T × C.</summary>
    public long StackCount => checked((long)Frames * Channels);

    /// <summary>Pixels of one plane, Y × X.</summary>
    public long PlaneElementCount => checked((long)Height * Width);

    /// <summary>Pixels of one stack, Z × Y × X.</summary>
    public long StackElementCount => checked(Depth * PlaneElementCount);

    /// <summary>Pixels in all.</summary>
    public long ElementCount => checked(PlaneCount * PlaneElementCount);

    /// <summary>Number of the plane at frame <paramref name="t"/>, channel <paramref name="c"/>, slice <paramref name="z"/>.</summary>
    public long PlaneNumber(int t, int c, int z) => checked((((long)t * Channels) + c) * Depth + z);

    /// <summary>Frame, channel and slice of a plane's number.</summary>
    public (int T, int C, int Z) PlaneAt(long plane)
    {
        var (stack, z) = Math.DivRem(plane, Depth);
        var (t, c) = Math.DivRem(stack, Channels);
        return ((int)t, (int)c, (int)z);
    }

    /// <summary>Checks that every size is at least 1 and that the volume's bytes fit a signed 64-bit number.</summary>
    /// <param name="field">Name of the field for the message.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.ShapeInvalid"/>.</exception>
    public void Validate(string field)
    {
        foreach (var (axis, size) in new[] { ("t", Frames), ("c", Channels), ("z", Depth), ("y", Height), ("x", Width) })
        {
            if (size < 1)
            {
                throw new InferenceException(InferenceError.ShapeInvalid, $"{field}.size_{axis}",
                    $"{field}.size_{axis} is {size}; accepted: 1 to {int.MaxValue}.");
            }
        }

        // Every product of sizes, in bytes of the widest pixel type, must fit. Multiplied one by one, since even 128 bits
        // do not hold five factors of 31 bits.
        Int128 bytes = sizeof(double);
        foreach (var size in (ReadOnlySpan<int>)[Frames, Channels, Depth, Height, Width])
        {
            bytes *= size;
            if (bytes > long.MaxValue)
            {
                throw new InferenceException(InferenceError.ShapeInvalid, field,
                    $"{field} of {this} has too many pixels; accepted: at most {long.MaxValue / sizeof(double)}.");
            }
        }
    }

    /// <summary>"T×C×Z×Y×X" in numbers.</summary>
    public override string ToString() => $"{Frames}×{Channels}×{Depth}×{Height}×{Width} (t×c×z×y×x)";
}

namespace InferenceBridge.Models.Packages;

/// <summary>How a network takes an axis of an image.</summary>
/// <param name="Kind">The axis.</param>
/// <param name="Minimum">Smallest length.</param>
/// <param name="Step">What further lengths differ by; 0 where there is one length alone.</param>
/// <param name="Reach">Pixels to either side that an output pixel depends on, or that are not to be trusted at a block's ends.</param>
/// <param name="IsGlobal">True where every output depends on the whole axis.</param>
internal sealed record AxisGeometry(AxisKind Kind, int Minimum, int Step, int Reach, bool IsGlobal)
{
    public bool IsFixed => Step == 0;

    /// <summary>What a tile must bring beyond its core, so that every block that its core needs can be cut from it.</summary>
    public int Margin(int size) => IsGlobal || (IsFixed && size <= Minimum) ? size
        : IsFixed ? Minimum
        : Math.Max(Math.Max(Reach + Step - 1, Minimum - 1), Step);

    /// <summary>Length of an image of the given size that has been extended until the network takes it.</summary>
    public int Padded(int size) => IsFixed ? Math.Max(size, Minimum)
        : size <= Minimum ? Minimum : checked(Minimum + ((size - Minimum + Step - 1) / Step * Step));

    /// <summary>Shortest block that is worth computing.</summary>
    public int ShortestBlock => IsFixed ? Minimum : Padded((2 * Reach) + (2 * Step));

    /// <summary>The size, refused where mirroring would have to show it more than once, or a fixed block leaves nothing.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.ShapeInvalid"/>.</exception>
    public void Check(int size, string input)
    {
        var name = $"{input}.size_{Name}";
        if (size < (Minimum + 1) / 2)
        {
            throw new InferenceException(InferenceError.ShapeInvalid, name,
                $"{name} is {size}; accepted by the package: at least {(Minimum + 1) / 2}, half of the {Minimum} that its network needs, since the rest is mirrored.");
        }

        if (IsFixed && size > Minimum && Minimum <= 2 * Reach)
        {
            throw new InferenceException(InferenceError.ShapeInvalid, name,
                $"{name} is {size}, but the network takes {Minimum} alone and its halo of {Reach} leaves nothing of a block; accepted: at most {Minimum}.");
        }
    }

    /// <summary>Blocks whose cores cover a part of an image's axis.</summary>
    /// <param name="size">Length of the image's axis.</param>
    /// <param name="first">First index of the part.</param>
    /// <param name="end">Index behind its last.</param>
    /// <param name="longest">Longest block wanted.</param>
    public IEnumerable<AxisBlock> Blocks(int size, int first, int end, int longest)
    {
        if (IsGlobal || (IsFixed && size <= Minimum))
        {
            return [new AxisBlock(0, Padded(size), first, end)];
        }

        return IsFixed ? FixedBlocks(size, first, end) : SteppedBlocks(size, first, end, longest);
    }

    /// <summary>Lengths of blocks that are worth a thought for an image, longest first, each with what the blocks have together.</summary>
    /// <param name="size">Length of the image's axis.</param>
    public IEnumerable<(int Longest, long Sum)> Choices(int size)
    {
        if (IsGlobal || IsFixed)
        {
            yield return (Padded(IsFixed ? Math.Min(size, Minimum) : size), Sum(size, Minimum));
            yield break;
        }

        var longest = Padded(size);
        yield return (longest, longest);
        for (var count = 2; longest > ShortestBlock; count += 1 + (count / 4))
        {
            longest = Evened(size, 0, size, count, longest);
            yield return (longest, Sum(size, longest));
        }
    }

    public string Name => Kind.ToString().ToLowerInvariant();

    private long Sum(int size, int longest) => Blocks(size, 0, size, longest).Sum(block => (long)block.Length);

    // On a grid that depends on the image alone, so that a result never depends on how it was cut.
    private IEnumerable<AxisBlock> FixedBlocks(int size, int first, int end)
    {
        var stride = Minimum - (2 * Reach);
        for (var start = 0; ; start += stride)
        {
            var isLast = start + Minimum >= size;
            var from = Math.Max(first, start == 0 ? 0 : start + Reach);
            var to = Math.Min(end, isLast ? size : start + Minimum - Reach);
            if (from < to)
            {
                yield return new AxisBlock(isLast ? size - Minimum : start, Minimum, from, to);
            }

            if (isLast)
            {
                yield break;
            }
        }
    }

    // No longer than it takes for as many blocks: what is left over would lie in the last one.
    private IEnumerable<AxisBlock> SteppedBlocks(int size, int first, int end, int longest)
    {
        var most = Floor(Math.Clamp(longest, ShortestBlock, Math.Max(ShortestBlock, Padded(size))));
        return Cut(size, first, end, Evened(size, first, end, Cut(size, first, end, most).Count(), most));
    }

    /// <summary>The shortest length of at most the given one with which as many blocks do.</summary>
    private int Evened(int size, int first, int end, int count, int most)
    {
        var least = ShortestBlock;
        while (least < most)
        {
            var middle = least + ((most - least) / 2 / Step * Step);
            if (Cut(size, first, end, middle).Count() <= count)
            {
                most = middle;
            }
            else
            {
                least = middle + Step;
            }
        }

        return most;
    }

    // A block at the image's end needs nothing beyond it, so that its core is the longer.
    private IEnumerable<AxisBlock> Cut(int size, int first, int end, int length)
    {
        for (var at = first; at < end;)
        {
            var stop = (Math.Max(0, at - Reach) / Step * Step) + length;
            var to = stop >= Padded(size) ? end : Math.Min(end, stop - Reach);
            yield return SteppedBlock(size, at, to);
            at = to;
        }
    }

    private int Floor(int length) => Minimum + ((length - Minimum) / Step * Step);

    // Networks pool: a block begins where the whole image's own grid does.
    private AxisBlock SteppedBlock(int size, int first, int end)
    {
        var padded = Padded(size);
        var start = Math.Max(0, first - Reach) / Step * Step;
        var stop = end + Reach >= size ? padded : Math.Min(padded, start + Padded(end + Reach - start));
        start = Math.Min(start, stop - Minimum);
        return new AxisBlock(start, stop - start, first, end);
    }
}

/// <summary>A block along an axis of an image.</summary>
/// <param name="Start">First index; beyond the image's end it is mirrored.</param>
/// <param name="Length">A length that the network takes.</param>
/// <param name="First">First index of what is kept.</param>
/// <param name="End">Index behind the last of what is kept.</param>
internal readonly record struct AxisBlock(int Start, int Length, int First, int End);

namespace InferenceBridge.Imaging;

/// <summary>One axis while a plan is made: how long cores are along it, and what cutting them further would cost.</summary>
internal readonly record struct TileAxis
{
    private readonly int _size;
    private readonly int _halo;

    /// <param name="size">Voxels of the stack along this axis.</param>
    /// <param name="halo">Halo on each side.</param>
    /// <param name="core">Voxels of a core.</param>
    internal TileAxis(int size, int halo, int core)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(halo);
        (_size, _halo, Core) = (size, halo, core);
    }

    internal int Core { get; }

    /// <summary>Voxels of the longest tile with its halo.</summary>
    internal long Extent => Math.Min(_size, Core + (2L * _halo));

    /// <summary>
    /// By how much the work grows for what a cut shrinks the tile, both as logarithms: 0 for no halo, 1 where work grows
    /// as tiles shrink, infinite where no cut shrinks the tile.
    /// </summary>
    internal double CutCost
    {
        get
        {
            var cut = Cut();
            return cut.Extent < Extent ? Math.Log(cut.Work / Work) / Math.Log((double)Extent / cut.Extent) : double.PositiveInfinity;
        }
    }

    /// <summary>Voxels of all tiles with their halos: no more than the halo at every cut, nor than the stack for every tile.</summary>
    private double Work
    {
        get
        {
            var pieces = Math.Ceiling((double)_size / Core);
            return Math.Min(_size + (2.0 * _halo * (pieces - 1)), pieces * Extent);
        }
    }

    /// <summary>Halves the core until the tile with its halo is smaller: a halo as long as the stack hides the first cuts.</summary>
    internal TileAxis Cut()
    {
        var cut = this;
        while (cut.Core > 1 && cut.Extent == Extent)
        {
            cut = new TileAxis(_size, _halo, cut.Core - (cut.Core / 2));
        }

        return cut;
    }
}

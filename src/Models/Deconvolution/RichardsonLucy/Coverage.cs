using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>
/// α = Hᵀ1: how much of the light of each voxel of the object reaches the image, which is the sum of the PSF over a box. Far from the
/// faces it is the same for all voxels, so it is kept once for each z, each y that differs, and each x, and not as a volume.
/// </summary>
internal sealed class Coverage : IDisposable
{
    // 1 / α, or 0 where α is too small: float32, (differing z, differing y, x).
    private readonly Tensor _inverse;
    private readonly Tensor _planes;
    private readonly int[] _planeOf;
    private readonly (Piece Rows, Piece Entries)[] _runs;

    /// <param name="psf">The PSF.</param>
    /// <param name="grid">The object.</param>
    /// <param name="device">Where it is applied.</param>
    public Coverage(PointSpreadFunction psf, ObjectGrid grid, Device device)
    {
        using var scope = NewDisposeScope();
        var z = Windows(grid.Z, psf.Shape.Depth, psf.Centre.Z);
        var y = Windows(grid.Y, psf.Shape.Height, psf.Centre.Y);
        var x = Windows(grid.X, psf.Shape.Width, psf.Centre.X);
        var (differingZ, differingY) = (z.Distinct().ToArray(), y.Distinct().ToArray());
        _planeOf = [.. z.Select(window => Array.IndexOf(differingZ, window))];
        _runs = Runs([.. y.Select(window => Array.IndexOf(differingY, window))]);

        var sums = SumsUpTo(psf.ToTensor(CPU).to(ScalarType.Float64), 0);
        var inverse = empty([differingZ.Length, differingY.Length, x.Length]);
        CpuWorkers.For(CPU, differingZ.Length, i =>
        {
            var plane = Between(sums, 0, [differingZ[i]]);
            var coverage = Between(SumsUpTo(Between(SumsUpTo(plane, 1), 1, differingY), 2), 2, x);
            var unseen = coverage.lt(AxisReach.SmallestCoverage);
            inverse.narrow(0, i, 1).copy_(coverage.clamp_min_(AxisReach.SmallestCoverage).reciprocal_().masked_fill_(unseen, 0));
        }, CancellationToken.None);
        _inverse = inverse.to(device).DetachFromDisposeScope();
        _planes = tensor(_planeOf.Select(plane => (long)plane).ToArray(), device: device).DetachFromDisposeScope();
    }

    /// <summary>The number of floats that it takes at most.</summary>
    public static long MostElements(ObjectGrid grid, Imaging.VolumeShape psf) => checked(
        Math.Min(grid.Z.Object, (2L * psf.Depth) - 1) * Math.Min(grid.Y.Object, (2L * psf.Height) - 1) * grid.X.Object);

    /// <summary>Divides planes of the object by α in place; what the image does not see becomes 0.</summary>
    public void Divide(Tensor values, Piece planes) => Each(values, planes, (rows, inverse) => rows.mul_(inverse));

    /// <summary>Sets to 0 in place what the image does not see.</summary>
    public void Hide(Tensor values, Piece planes) => Each(values, planes, (rows, inverse) => rows.mul_(inverse.gt(0)));

    /// <inheritdoc/>
    public void Dispose()
    {
        _inverse.Dispose();
        _planes.Dispose();
    }

    private void Each(Tensor values, Piece planes, Action<Tensor, Tensor> change)
    {
        var inverse = planes.Length == 1
            ? _inverse.narrow(0, _planeOf[planes.Start], 1)
            : _inverse.index_select(0, _planes.narrow(0, planes.Start, planes.Length));
        foreach (var (rows, entries) in _runs)
        {
            change(values.narrow(1, rows.Start, rows.Length), inverse.narrow(1, entries.Start, entries.Length));
        }
    }

    private static (int Start, int End)[] Windows(AxisReach axis, int psf, int centre) =>
        [.. Enumerable.Range(-axis.Before, axis.Object).Select(voxel => AxisReach.Window(voxel, axis.Image, psf, centre))];

    // Rows with an entry each, or many with one entry, in the order of both.
    private static (Piece Rows, Piece Entries)[] Runs(int[] entryOf)
    {
        var runs = new List<(Piece Rows, Piece Entries)>();
        for (var row = 0; row < entryOf.Length; row++)
        {
            var repeats = row > 0 && entryOf[row] == entryOf[row - 1];
            var goesOn = row > 0 && !repeats && runs[^1].Rows.Length == runs[^1].Entries.Length;
            if (repeats && runs[^1].Entries.Length > 1)
            {
                // The row before was taken for one with an entry of its own.
                var (rows, entries) = runs[^1];
                runs[^1] = (rows with { Length = rows.Length - 1 }, entries with { Length = entries.Length - 1 });
                runs.Add((new Piece(row - 1, 2), new Piece(entryOf[row], 1)));
            }
            else if (repeats)
            {
                runs[^1] = (runs[^1].Rows with { Length = runs[^1].Rows.Length + 1 }, runs[^1].Entries);
            }
            else if (goesOn)
            {
                runs[^1] = (runs[^1].Rows with { Length = runs[^1].Rows.Length + 1 }, runs[^1].Entries with { Length = runs[^1].Entries.Length + 1 });
            }
            else
            {
                runs.Add((new Piece(row, 1), new Piece(entryOf[row], 1)));
            }
        }

        return [.. runs];
    }

    // At n the sum of the first n, so that a difference is the sum of what lies between.
    private static Tensor SumsUpTo(Tensor values, int axis)
    {
        var shape = values.shape;
        shape[axis] = 1;
        return cat([zeros(shape, dtype: values.dtype), values.cumsum(axis)], axis);
    }

    private static Tensor Between(Tensor sums, int axis, (int Start, int End)[] windows) =>
        sums.index_select(axis, tensor(windows.Select(window => (long)window.End).ToArray()))
            .sub_(sums.index_select(axis, tensor(windows.Select(window => (long)window.Start).ToArray())));
}

namespace InferenceBridge.Models;

/// <summary>Keeps the beads that show the point-spread function as it is.</summary>
internal static class BeadSelection
{
    // A pair that no valley parts is wider than a bead; noise alone changes widths less than this.
    private const double WidthRatio = 1.6;

    // Saturated voxels that a spike of noise may have.
    private const int SaturatedVoxels = 2;

    /// <summary>All beads, those that are not used with the reason.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="beads">What was found.</param>
    /// <param name="reach">Half of the window that is cut out of the stack around each bead, in voxels.</param>
    /// <param name="brightnessRatio">How much brighter or dimmer than the median a bead may be.</param>
    public static IReadOnlyList<Bead> Judge(BeadStack stack, IReadOnlyList<Bead> beads, Position reach, double brightnessRatio)
    {
        var width = TypicalWidth(beads);
        var judged = beads.Select(bead => bead with { Fault = Fault(stack, beads, bead, reach, width) }).ToList();
        var sound = judged.Where(bead => bead.Fault is null).Select(bead => (float)bead.Peak).ToArray();
        var median = BeadStack.Median(sound);
        return [.. judged.Select(bead => bead.Fault is not null ? bead
            : bead.Peak > median * brightnessRatio ? bead with { Fault = "too bright" }
            : bead.Peak < median / brightnessRatio ? bead with { Fault = "too dim" } : bead)];
    }

    /// <summary>The median width along each axis; NaN where none is known.</summary>
    public static Position TypicalWidth(IReadOnlyList<Bead> beads) => new(
        Median(beads.Select(bead => bead.Width.Z)), Median(beads.Select(bead => bead.Width.Y)), Median(beads.Select(bead => bead.Width.X)));

    private static string? Fault(BeadStack stack, IReadOnlyList<Bead> beads, Bead bead, Position reach, Position width)
    {
        if (LeavesStack(stack, bead, reach))
        {
            return "clipped by the stack's edge";
        }

        if (Saturated(stack, bead, width) > SaturatedVoxels)
        {
            return "clipped by the detector";
        }

        // Half of a neighbour's width beyond the window still throws light into it.
        var apart = new Position(reach.Z + (0.5 * Known(width.Z)), reach.Y + (0.5 * Known(width.Y)), reach.X + (0.5 * Known(width.X)));
        var isTouching = beads.Any(other => !ReferenceEquals(other, bead) && bead.Centre.IsWithin(other.Centre, apart));
        return isTouching || IsWide(bead.Width.Y, width.Y) || IsWide(bead.Width.X, width.X) || IsWide(bead.Width.Z, width.Z) ? "touching another" : null;
    }

    private static bool LeavesStack(BeadStack stack, Bead bead, Position reach)
    {
        var (shape, centre) = (stack.Shape, bead.Centre);
        return Leaves(centre.Z, reach.Z, shape.Depth) || Leaves(centre.Y, reach.Y, shape.Height) || Leaves(centre.X, reach.X, shape.Width);
    }

    // Half a voxel at the edge is there: a voxel is not a point.
    private static bool Leaves(double centre, double reach, int size) => size > 1 && (centre - reach < -0.5 || centre + reach > size - 0.5);

    private static bool IsWide(double width, double typical) => width > typical * WidthRatio;

    private static double Known(double width) => double.IsNaN(width) ? 0 : width;

    private static int Saturated(BeadStack stack, Bead bead, Position width)
    {
        var ((cz, cy, cx), count) = (bead.Centre, 0);
        for (var z = Bound(cz - Known(width.Z), stack.Shape.Depth); z <= Bound(cz + Known(width.Z), stack.Shape.Depth); z++)
        {
            for (var y = Bound(cy - Known(width.Y), stack.Shape.Height); y <= Bound(cy + Known(width.Y), stack.Shape.Height); y++)
            {
                for (var x = Bound(cx - Known(width.X), stack.Shape.Width); x <= Bound(cx + Known(width.X), stack.Shape.Width); x++)
                {
                    count += stack[z, y, x] >= stack.FullScale ? 1 : 0;
                }
            }
        }

        return count;
    }

    private static int Bound(double position, int size) => (int)Math.Clamp(Math.Round(position), 0, size - 1);

    private static double Median(IEnumerable<double> values)
    {
        var known = values.Where(value => !double.IsNaN(value)).Order().ToArray();
        return known.Length == 0 ? double.NaN : known[known.Length / 2];
    }
}

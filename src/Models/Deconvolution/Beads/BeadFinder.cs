using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>Finds bright spots.</summary>
internal static class BeadFinder
{
    private const double NoiseFactor = 6;
    private const int MaximumSpots = 5000;

    // A wavelet of noise on the flank of a bead is no bead of its own.
    private const double SameBeadWidths = 0.75;

    /// <summary>All spots above a part of the brightest one, the brightest first, with their sub-voxel centres.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="threshold">Part of the brightest spot's height, 0 to 1.</param>
    /// <param name="cancellation">Stops between planes.</param>
    public static IReadOnlyList<Bead> Find(BeadStack stack, double threshold, CancellationToken cancellation)
    {
        var smooth = Smooth(stack, cancellation);
        var brightest = smooth.Max() - stack.Background;
        var least = Math.Max(threshold * brightest, NoiseFactor * stack.Noise);
        var peaks = new List<(int Index, float Value)>();
        for (var z = 0; z < stack.Shape.Depth; z++)
        {
            cancellation.ThrowIfCancellationRequested();
            AddPeaks(stack, smooth, z, stack.Background + least, peaks);
        }

        var beads = new List<Bead>();
        foreach (var (index, value) in peaks.OrderByDescending(peak => peak.Value).Take(MaximumSpots))
        {
            var (z, y, x) = stack.Position(index);
            var voxel = new Position(z, y, x);
            if (beads.Exists(other => voxel.IsWithin(other.Centre, Reach(other.Width))))
            {
                continue;
            }

            var width = Width(stack, smooth, z, y, x);
            beads.Add(new Bead(BeadCentre.Refine(stack, voxel, width), value - stack.Background, width));
        }

        return beads;
    }

    private static Position Reach(Position width) => new(Known(width.Z), Known(width.Y), Known(width.X));

    private static double Known(double width) => Math.Max(1.5, SameBeadWidths * (double.IsNaN(width) ? 3 : width));

    private static void AddPeaks(BeadStack stack, float[] smooth, int z, double least, List<(int Index, float Value)> peaks)
    {
        var shape = stack.Shape;
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = 0; x < shape.Width; x++)
            {
                var index = stack.Index(z, y, x);
                if (smooth[index] >= least && IsPeak(stack, smooth, index, (z, y, x)))
                {
                    peaks.Add((index, smooth[index]));
                }
            }
        }
    }

    private static bool IsPeak(BeadStack stack, float[] smooth, int index, (int Z, int Y, int X) at)
    {
        var shape = stack.Shape;
        for (var z = Math.Max(0, at.Z - 1); z <= Math.Min(shape.Depth - 1, at.Z + 1); z++)
        {
            for (var y = Math.Max(0, at.Y - 1); y <= Math.Min(shape.Height - 1, at.Y + 1); y++)
            {
                for (var x = Math.Max(0, at.X - 1); x <= Math.Min(shape.Width - 1, at.X + 1); x++)
                {
                    // Of equals, the first stands for all.
                    var other = stack.Index(z, y, x);
                    if (smooth[other] > smooth[index] || (smooth[other].Equals(smooth[index]) && other < index))
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }

    private static Position Width(BeadStack stack, float[] smooth, int z, int y, int x) => new(
        PsfWidths.OfLine(Line(stack, smooth, stack.Shape.Depth, i => stack.Index(i, y, x)), z),
        PsfWidths.OfLine(Line(stack, smooth, stack.Shape.Height, i => stack.Index(z, i, x)), y),
        PsfWidths.OfLine(Line(stack, smooth, stack.Shape.Width, i => stack.Index(z, y, i)), x));

    private static float[] Line(BeadStack stack, float[] smooth, int count, Func<int, int> index) =>
        [.. Enumerable.Range(0, count).Select(i => smooth[index(i)] - stack.Background)];

    /// <summary>Means with weights 1, 2, 1 along each axis.</summary>
    private static float[] Smooth(BeadStack stack, CancellationToken cancellation)
    {
        var (width, plane) = (stack.Shape.Width, (int)stack.Shape.PlaneElementCount);
        var values = stack.Values;
        foreach (var (stride, size) in new[] { (1, width), (width, stack.Shape.Height), (plane, stack.Shape.Depth) })
        {
            cancellation.ThrowIfCancellationRequested();
            var smooth = new float[values.Length];
            for (var i = 0; i < values.Length; i++)
            {
                var at = i / stride % size;
                var (before, after) = (at > 0 ? values[i - stride] : values[i], at + 1 < size ? values[i + stride] : values[i]);
                smooth[i] = (before + (2 * values[i]) + after) / 4;
            }

            values = smooth;
        }

        return values;
    }
}

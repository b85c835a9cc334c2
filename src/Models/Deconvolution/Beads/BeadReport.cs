using System.Globalization;
using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>What a measured point-spread function was made of, in sentences.</summary>
internal static class BeadReport
{
    private const int MaximumListed = 50;
    private const int FewBeads = 5;

    public static IReadOnlyList<string> Of(
        IReadOnlyList<Bead> beads, IReadOnlyList<Bead> used, PsfWidths widths, Calibration calibration, BeadOptions options)
    {
        var report = new List<string>
        {
            $"Used {used.Count} of {beads.Count} bead{(beads.Count == 1 ? "" : "s")}{(used.Count == beads.Count ? "" : $"; left out: {Faults(beads)}")}.",
            $"Beads used, at z, y, x in voxels: {string.Join("; ", used.Take(MaximumListed).Select(Place))}{(used.Count > MaximumListed ? "; ..." : "")}.",
            $"Full width at half maximum: {Widths(widths, calibration)}.",
        };
        if (used.Count < FewBeads)
        {
            report.Add($"A mean of {used.Count} bead{(used.Count == 1 ? "" : "s")} is noisy; {FewBeads} or more make a better one.");
        }

        var lateral = calibration.VoxelWidth * widths.X;
        if (options.Diameter == 0 && calibration.VoxelSizeMicrometres is not null)
        {
            report.Add(string.Create(CultureInfo.InvariantCulture,
                $"The beads' own size is still in it; give bead_diameter unless they are smaller than {lateral / 2:0.###} µm."));
        }

        return report;
    }

    /// <summary>How many were left out for which reason.</summary>
    public static string Faults(IReadOnlyList<Bead> beads)
    {
        var faults = beads.Where(bead => bead.Fault is not null).GroupBy(bead => bead.Fault).OrderByDescending(group => group.Count())
            .Select(group => $"{group.Count()} {group.Key}").ToArray();
        return faults.Length == 0 ? "none found" : string.Join(", ", faults);
    }

    private static string Place(Bead bead) =>
        string.Create(CultureInfo.InvariantCulture, $"{bead.Centre.Z:0.0}, {bead.Centre.Y:0.0}, {bead.Centre.X:0.0}");

    private static string Widths(PsfWidths widths, Calibration calibration)
    {
        var (scale, unit) = calibration.VoxelSizeMicrometres is { } voxel ? (voxel, "µm") : ((1, 1, 1), "voxels");
        return $"x {Number(widths.X * scale.X)}, y {Number(widths.Y * scale.Y)}, z {Number(widths.Z * scale.Z)} {unit}";
    }

    private static string Number(double value) => double.IsNaN(value) ? "beyond the window" : value.ToString("0.###", CultureInfo.InvariantCulture);
}

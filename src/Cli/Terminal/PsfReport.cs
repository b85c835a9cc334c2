using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>What a point-spread function is like, for people or as JSON.</summary>
internal static class PsfReport
{
    public static void Write(TextWriter output, PsfJob job, TiffVolumeReader psf, RunSummary summary, bool json)
    {
        var info = psf.Info;
        using var volume = MemoryVolume.From(psf);
        var widths = PsfWidths.Measure(volume.ToSingles(), info.Shape);
        var voxel = info.Calibration.VoxelSizeMicrometres;
        var (unit, scale) = voxel is { } size ? ("µm", size) : ("voxels", (X: 1.0, Y: 1.0, Z: 1.0));
        double? z = Known(widths.Z * scale.Z), y = Known(widths.Y * scale.Y), x = Known(widths.X * scale.X);
        if (json)
        {
            output.WriteLine(JsonOutput.Format(new
            {
                summary.Operation, summary.OperationVersion, job.Output, job.Picture,
                Size = new { Z = info.Shape.Depth, Y = info.Shape.Height, X = info.Shape.Width },
                VoxelSizeUm = voxel is { } known ? new { known.Z, known.Y, known.X } : null,
                Fwhm = new { Unit = unit, Z = z, Y = y, X = x },
                Notes = summary.Warnings,
                Parameters = summary.Parameters.ToDictionary(pair => pair.Key, pair => pair.Value.Value),
            }));
            return;
        }

        output.WriteLine(job.Output);
        var table = new TextTable();
        table.Add("operation", $"{summary.Operation}, version {summary.OperationVersion}");
        table.Add("size", $"{info.Shape.Depth}×{info.Shape.Height}×{info.Shape.Width} (z×y×x)");
        table.Add("FWHM", $"x {Text(x)}, y {Text(y)}, z {Text(z)} {unit}");
        foreach (var note in summary.Warnings)
        {
            table.Add("note", note);
        }

        if (job.Picture is { } picture)
        {
            table.Add("picture", picture);
        }

        table.WriteTo(output, "  ");
    }

    private static double? Known(double width) => double.IsNaN(width) ? null : width;

    private static string Text(double? width) => width is { } known ? Format.Number(known) : "-";
}

using System.Globalization;
using InferenceBridge.Client;
using InferenceBridge.Imaging;
using InferenceBridge.Models;

namespace InferenceBridge.Cli;

/// <summary>The picture that ib deconvolve --report writes.</summary>
internal static class DeconvolutionPicture
{
    /// <summary>Draws and writes the picture.</summary>
    public static void Write(string path, RunJob job, RunSummary summary, CancellationToken cancellation)
    {
        using var before = VolumeFile.OpenRead(job.Input);
        using var after = VolumeFile.OpenRead(job.Output);
        using var psf = Psf(job, before.Info, cancellation);
        PngWriter.Write(path, DeconvolutionReport.Create(before, after, psf, resultCaption: Caption(summary), cancellation: cancellation));
    }

    private static string Caption(RunSummary summary) => summary.Details.TryGetValue("tiling_difference_percent", out var difference)
        ? $"after; blocks differ from whole by {difference}{(char.IsAsciiDigit(difference[^1]) ? "%" : "")}"
        : "after";

    private static IVolumeReader? Psf(RunJob job, VolumeInfo image, CancellationToken cancellation)
    {
        if (job.Auxiliaries.TryGetValue("psf", out var file))
        {
            return VolumeFile.OpenRead(file);
        }

        // The server made its own from these, on the same grid.
        if (image.Calibration.VoxelSizeMicrometres is not { } voxel || Number(job, "na") is not { } aperture
            || Number(job, "wavelength") is not { } wavelength || Number(job, "index") is not { } index)
        {
            return null;
        }

        var optics = new Optics { NumericalAperture = aperture, WavelengthNm = wavelength, ImmersionIndex = index };
        return PsfSampler.Sample(optics, PsfGrid.Around(optics, voxel.Z, voxel.Y, voxel.X, image.Shape), cancellation);
    }

    private static double? Number(RunJob job, string name) =>
        job.Parameters.TryGetValue(name, out var text) && double.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null;
}

using System.Globalization;

namespace InferenceBridge.Models;

/// <summary>What someone should know of a point-spread function before relying on it.</summary>
internal static class PsfAdvice
{
    /// <summary>Sentences; none where all is well.</summary>
    public static IReadOnlyList<string> For(Optics optics, PsfGrid grid)
    {
        var advice = new List<string>();
        var nyquist = optics.WavelengthNm / 4000 / optics.NumericalAperture;
        var pixel = Math.Max(grid.VoxelHeightUm, grid.VoxelWidthUm);
        if (optics.Microscope is Microscope.Widefield or Microscope.LightSheet && pixel > 1.5 * nyquist)
        {
            advice.Add(string.Create(CultureInfo.InvariantCulture,
                $"Pixels of {pixel:0.###} µm are too coarse for these optics; λ/(4 NA) = {nyquist:0.###} µm would hold all detail."));
        }

        if (optics.Mount is { } mount && mount.SampleIndex < optics.NumericalAperture)
        {
            advice.Add(string.Create(CultureInfo.InvariantCulture,
                $"A sample of index {mount.SampleIndex} carries light only up to an aperture of {mount.SampleIndex}; that of {optics.NumericalAperture} was cut to it."));
        }

        return advice;
    }
}

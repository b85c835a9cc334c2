namespace InferenceBridge.Models;

/// <summary>A Gaussian along each axis with the widths at half maximum that diffraction gives the same microscope.</summary>
internal static class GaussianModel
{
    private const double StandardDeviationsOfFwhm = 2.354820045030949;

    /// <summary>Full widths at half maximum of the diffraction model, in µm.</summary>
    public static (double Lateral, double Axial) Fwhm(Optics optics)
    {
        var exact = optics with { Model = PsfModel.BornWolf, Mount = null };
        var wavelength = Math.Max(optics.WavelengthNm, optics.ExcitationWavelengthNm ?? 0) / 1000;
        var index = optics.ImmersionIndex;
        var lateral = wavelength / optics.NumericalAperture;
        var axial = 2 * wavelength / (index - Math.Sqrt((index * index) - (optics.NumericalAperture * optics.NumericalAperture)));
        var field = new MicroscopeField(exact, lateral, axial);
        var focus = field.Profile(0);
        return (
            2 * Half(lateral, radius => focus.At(radius) / focus.Values[0]),
            2 * Half(axial, z => field.Profile(z).Values[0] / focus.Values[0]));
    }

    /// <summary>Values of the planes of the grid, 1 in the centre.</summary>
    public static double[][] Planes(Optics optics, PsfGrid grid, CancellationToken cancellation)
    {
        var (lateral, axial) = Fwhm(optics);
        var (z, y, x) = (
            Line(grid.Depth, grid.VoxelDepthUm, axial), Line(grid.Height, grid.VoxelHeightUm, lateral),
            Line(grid.Width, grid.VoxelWidthUm, lateral));
        cancellation.ThrowIfCancellationRequested();
        return [.. z.Select(a => y.SelectMany(b => x.Select(c => a * b * c)).ToArray())];
    }

    private static double[] Line(int size, double voxel, double fwhm) => [.. Enumerable.Range(0, size).Select(i =>
    {
        var position = size == 1 ? 0 : (i - (size / 2)) * voxel * StandardDeviationsOfFwhm / fwhm;
        return Math.Exp(-0.5 * position * position);
    })];

    /// <summary>First place where a function that falls from 1 is one half, by steps and then halving.</summary>
    private static double Half(double reach, Func<double, double> value)
    {
        const int steps = 64;
        var step = Enumerable.Range(1, steps).FirstOrDefault(i => value(reach * i / steps) < 0.5, steps);
        var (low, high) = (reach * (step - 1) / steps, reach * step / steps);
        for (var i = 0; i < 30; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = value(middle) > 0.5 ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}

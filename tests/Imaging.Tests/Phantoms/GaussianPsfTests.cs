namespace InferenceBridge.Imaging.Tests;

public class GaussianPsfTests
{
    private static readonly MicroscopeOptics Optics = new() { NumericalAperture = 1.2, WavelengthMicrometres = 0.6, RefractiveIndex = 1.33 };

    [Fact]
    public void Create_Optics_HasTheTextbookWidths()
    {
        var psf = GaussianPsf.Create(Optics, 0.05, 0.1);

        // 0.51 · 0.6 / 1.2 and 0.88 · 0.6 / (1.33 − √(1.7689 − 1.44)), by hand.
        Assert.Equal(0.255, psf.LateralFwhm, 1e-12);
        Assert.Equal(0.69792, psf.AxialFwhm, 1e-4);
    }

    [Fact]
    public void ToVolume_Any_IsOddCentredSymmetricAndSumsToOne()
    {
        var volume = GaussianPsf.Create(Optics, 0.07, 0.2).ToVolume();
        var (values, shape) = (volume.ToSingles(), volume.Info.Shape);

        Assert.True(shape is { Depth: var d, Height: var h, Width: var w } && d % 2 == 1 && h % 2 == 1 && w == h);
        Assert.Equal(1, values.Sum(value => (double)value), 1e-6);
        Assert.Equal(values.Max(), values[values.Length / 2]);
        Assert.Equal(values, values.Reverse());
        Assert.Equal((0.07, 0.2, "µm"), (volume.Info.Calibration.VoxelWidth, volume.Info.Calibration.VoxelDepth, volume.Info.Calibration.Unit));
    }

    [Fact]
    public void Create_FineVoxels_FallToHalfAtHalfWidth()
    {
        var psf = GaussianPsf.Create(Optics, 0.255 / 20, 0.1);
        var centre = psf.X.Count / 2;

        Assert.Equal(0.5, psf.X[centre + 10] / psf.X[centre], 0.005);
    }

    [Fact]
    public void Create_CoarseVoxels_IsAPoint()
    {
        var psf = GaussianPsf.Create(Optics, 5, 5);

        Assert.Equal(3, psf.X.Count);
        Assert.True(psf.X[1] > 0.9);
    }

    [Theory]
    [InlineData(0, 0.52, 0.1, "numerical_aperture")]
    [InlineData(1.33, 0.52, 0.1, "numerical_aperture")]
    [InlineData(double.NaN, 0.52, 0.1, "numerical_aperture")]
    [InlineData(1, -1, 0.1, "wavelength")]
    [InlineData(1, 0.52, 0, "voxel_size_xy")]
    [InlineData(1, 0.52, 0.0001, "voxel_size_xy")]
    public void Create_OutOfRange_NamesTheOption(double aperture, double wavelength, double voxelSize, string field)
    {
        var optics = new MicroscopeOptics { NumericalAperture = aperture, WavelengthMicrometres = wavelength };

        var fault = Assert.Throws<InferenceException>(() => GaussianPsf.Create(optics, voxelSize, 0.2));

        Assert.Equal((InferenceError.ParameterOutOfRange, field), (fault.Error, fault.Field));
    }
}

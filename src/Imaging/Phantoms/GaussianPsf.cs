namespace InferenceBridge.Imaging;

/// <summary>
/// A Gaussian approximation of a fluorescence microscope's PSF. Full widths at half maximum: 0.51 λ / NA across the axis and
/// 0.88 λ / (n − √(n² − NA²)) along it. The Gaussian is integrated over each voxel, reaches four standard deviations, and
/// is exactly symmetric about the centre voxel; all sizes are odd and the sum is 1.
/// </summary>
/// <remarks>
/// The lateral width is that of the Airy disk, the axial one that of its non-paraxial counterpart (see Wilhelm et al.,
/// Confocal Laser Scanning Microscopy, Zeiss 2003). A real PSF has rings and axial tails that this leaves out; how well a
/// Gaussian fits is studied by Zhang, Zerubia and Olivo-Marin, Appl. Opt. 46(10), 2007.
/// </remarks>
public sealed class GaussianPsf
{
    private const double StandardDeviationsOfFwhm = 2.354820045030949;
    private const int MaximumRadius = 128;

    private readonly Calibration _calibration;

    private GaussianPsf(double lateral, double axial, double voxelSizeXY, double voxelSizeZ)
    {
        (LateralFwhm, AxialFwhm) = (lateral, axial);
        X = Kernel(lateral, voxelSizeXY, "voxel_size_xy");
        Y = X;
        Z = Kernel(axial, voxelSizeZ, "voxel_size_z");
        _calibration = new Calibration
        {
            VoxelWidth = voxelSizeXY,
            VoxelHeight = voxelSizeXY,
            VoxelDepth = voxelSizeZ,
            Unit = "µm",
        };
    }

    /// <summary>Full width at half maximum along x and y in µm.</summary>
    public double LateralFwhm { get; }

    /// <summary>Full width at half maximum along z in µm.</summary>
    public double AxialFwhm { get; }

    /// <summary>Weights along z; the PSF is the product of the three axes' weights.</summary>
    public IReadOnlyList<double> Z { get; }

    /// <summary>Weights along y.</summary>
    public IReadOnlyList<double> Y { get; }

    /// <summary>Weights along x.</summary>
    public IReadOnlyList<double> X { get; }

    /// <summary>Computes the PSF of an objective on a voxel grid.</summary>
    /// <param name="optics">Objective and light.</param>
    /// <param name="voxelSizeXY">Distance of voxels along x and y in µm.</param>
    /// <param name="voxelSizeZ">Distance of slices in µm.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ParameterOutOfRange"/>: the aperture is not above 0 and below the refractive index, the
    /// wavelength or a voxel size is not above 0, or the voxels are so small that the PSF has a radius above 128 of them.
    /// </exception>
    public static GaussianPsf Create(MicroscopeOptics optics, double voxelSizeXY, double voxelSizeZ)
    {
        var (aperture, wavelength, index) = (optics.NumericalAperture, optics.WavelengthMicrometres, optics.RefractiveIndex);
        Check("numerical_aperture", aperture, aperture > 0 && aperture < index, $"above 0 and below the refractive index {index}");
        Check("wavelength", wavelength, wavelength > 0 && double.IsFinite(wavelength), "above 0");
        Check("voxel_size_xy", voxelSizeXY, voxelSizeXY > 0 && double.IsFinite(voxelSizeXY), "above 0");
        Check("voxel_size_z", voxelSizeZ, voxelSizeZ > 0 && double.IsFinite(voxelSizeZ), "above 0");
        return new GaussianPsf(0.51 * wavelength / aperture,
            0.88 * wavelength / (index - Math.Sqrt((index * index) - (aperture * aperture))), voxelSizeXY, voxelSizeZ);
    }

    /// <summary>The PSF as a float32 volume with its calibration.</summary>
    public MemoryVolume ToVolume()
    {
        var values = new float[Z.Count * Y.Count * X.Count];
        var i = 0;
        foreach (var z in Z)
        {
            foreach (var y in Y)
            {
                foreach (var x in X)
                {
                    values[i++] = (float)(z * y * x);
                }
            }
        }

        return MemoryVolume.FromSingles(values, new VolumeShape(Z.Count, Y.Count, X.Count), _calibration);
    }

    private static void Check(string name, double value, bool valid, string accepted)
    {
        if (!valid)
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, name,
                FormattableString.Invariant($"{name} is {value}; accepted: ") + accepted + ".");
        }
    }

    private static double[] Kernel(double fwhm, double voxelSize, string name)
    {
        var sigma = fwhm / StandardDeviationsOfFwhm / voxelSize;
        var reach = Math.Ceiling(4 * sigma);
        Check(name, voxelSize, reach <= MaximumRadius,
            FormattableString.Invariant($"at least {4 * fwhm / StandardDeviationsOfFwhm / MaximumRadius:g3} µm for these optics"));
        var radius = Math.Max(1, (int)reach);
        var weights = new double[(2 * radius) + 1];
        for (var i = 0; i <= radius; i++)
        {
            // One half is computed and mirrored: symmetric to the last bit.
            weights[radius + i] = weights[radius - i] = VoxelIntegral(i, sigma);
        }

        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    private static double VoxelIntegral(int centre, double sigma)
    {
        const int samples = 64;
        var sum = 0.0;
        for (var i = 0; i < samples; i++)
        {
            var position = (centre - 0.5 + ((i + 0.5) / samples)) / sigma;
            sum += Math.Exp(-0.5 * position * position);
        }

        return sum / samples;
    }
}

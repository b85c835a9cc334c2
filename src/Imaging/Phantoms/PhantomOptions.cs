namespace InferenceBridge.Imaging;

/// <summary>What to simulate.</summary>
public sealed record PhantomOptions
{
    /// <summary>The specimen (default: tubules).</summary>
    public PhantomKind Kind { get; init; } = PhantomKind.Tubules;

    /// <summary>Slices (default 32).</summary>
    public int Depth { get; init; } = 32;

    /// <summary>Rows (default 256).</summary>
    public int Height { get; init; } = 256;

    /// <summary>Columns (default 256).</summary>
    public int Width { get; init; } = 256;

    /// <summary>Distance of voxels along x and y in µm (0.005 to 10; default 0.08).</summary>
    public double VoxelSizeXY { get; init; } = 0.08;

    /// <summary>Distance of slices in µm (0.005 to 10; default 0.25).</summary>
    public double VoxelSizeZ { get; init; } = 0.25;

    /// <summary>The same seed gives the same sample (default 1).</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Objective and light.</summary>
    public MicroscopeOptics Optics { get; init; } = new();

    /// <summary>Expected photons in the brightest voxel of the blurred image, without background (above 0 to 10⁷; default 100).</summary>
    public double PeakPhotons { get; init; } = 100;

    /// <summary>Expected photons of background in every voxel (0 to 10⁷; default 3).</summary>
    public double BackgroundPhotons { get; init; } = 3;

    /// <summary>Standard deviation of the camera's Gaussian noise in electrons (0 to 10⁵; default 1.5).</summary>
    public double ReadNoiseElectrons { get; init; } = 1.5;

    /// <summary>Grey levels for each electron (above 0 to 10⁴; default 2).</summary>
    public double Gain { get; init; } = 2;

    /// <summary>Grey level of darkness (0 to 65535; default 100).</summary>
    public double Offset { get; init; } = 100;

    /// <summary>The size of the volume.</summary>
    public VolumeShape Shape => new(Depth, Height, Width);

    /// <summary>Checks every option.</summary>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.ShapeInvalid"/> or <see cref="InferenceError.ParameterOutOfRange"/>, naming the option.
    /// </exception>
    public void Validate()
    {
        Shape.Validate("sample");
        if (!Enum.IsDefined(Kind))
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "kind",
                $"kind is {Kind}; accepted: {string.Join(", ", Enum.GetNames<PhantomKind>()).ToLowerInvariant()}.");
        }

        Check("voxel_size_xy", VoxelSizeXY, 0.005, 10);
        Check("voxel_size_z", VoxelSizeZ, 0.005, 10);
        Check("wavelength", Optics.WavelengthMicrometres, 0.2, 2);
        Check("refractive_index", Optics.RefractiveIndex, 1, 2);
        Check("numerical_aperture", Optics.NumericalAperture, 0.05, Math.Min(1.7, Optics.RefractiveIndex - 0.01));
        Check("peak_photons", PeakPhotons, 1e-3, 1e7);
        Check("background_photons", BackgroundPhotons, 0, 1e7);
        Check("read_noise", ReadNoiseElectrons, 0, 1e5);
        Check("gain", Gain, 1e-4, 1e4);
        Check("offset", Offset, 0, ushort.MaxValue);
    }

    private static void Check(string name, double value, double minimum, double maximum)
    {
        // Written so that NaN fails too.
        if (!(value >= minimum && value <= maximum))
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, name,
                FormattableString.Invariant($"{name} is {value}; accepted: {minimum} to {maximum}."));
        }
    }
}

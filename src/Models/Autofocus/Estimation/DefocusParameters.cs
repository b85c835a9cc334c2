using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>The parameters of operations that estimate the defocus.</summary>
internal static class DefocusParameters
{
    /// <summary>Name of the parameter for the side of tiles.</summary>
    public const string TileName = "tile";

    private static readonly string[] MicroscopeNames = ["na", "wavelength", "index"];
    private static readonly string[] MountNames = ["sample_index", "depth"];

    /// <summary>Side of the tiles that vote.</summary>
    public static ParameterDeclaration Tile { get; } = new IntegerParameter(TileName,
        "Side of the tiles that vote on the frame's defocus; smaller frames are one tile.", 512, DefocusInput.ShortestSide, 2048, "px");

    /// <summary>The microscope, with the names of the operations of deconvolution.</summary>
    public static IReadOnlyList<ParameterDeclaration> Optics { get; } =
    [
        .. OpticsParameters.Microscope.Where(parameter => MicroscopeNames.Contains(parameter.Name)),
        .. OpticsParameters.Mount.Where(parameter => MountNames.Contains(parameter.Name)),
        new NumberParameter("spherical", "Spherical aberration beside that of sample_index and depth: factor of 6ρ⁴ - 6ρ² + 1.", 0, -10, 10, "waves"),
    ];

    /// <summary>The microscope that a job was given.</summary>
    /// <param name="parameters">Checked parameters.</param>
    /// <param name="frame">One frame, with its calibration.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.InputMissing"/>: no pixel size; <see cref="InferenceError.ParameterOutOfRange"/>: missing or impossible optics.
    /// </exception>
    public static FocusOptics Read(ParameterSet parameters, VolumeInfo frame)
    {
        if (frame.Calibration.VoxelSizeMicrometres is not { } size)
        {
            throw new InferenceException(InferenceError.InputMissing, "image.calibration",
                $"The frame has no pixel size (its unit is \"{frame.Calibration.Unit}\"), without which its blur says nothing of the defocus; "
                + "accepted: a calibration in a unit of length, such as a voxel_width of 0.1 and the unit micron.");
        }

        // Frames whose pixels are no squares would need a spectrum of their own.
        if (!(Math.Abs(size.X - size.Y) <= 0.02 * size.X))
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "image.calibration",
                FormattableString.Invariant($"Pixels of the frame are {size.X:g4} µm wide and {size.Y:g4} µm high; accepted: square pixels."));
        }

        var depth = parameters.Number("depth");
        var optics = new FocusOptics
        {
            NumericalAperture = parameters.Number("na"), WavelengthNm = parameters.Number("wavelength"), ImmersionIndex = parameters.Number("index"),
            PixelMicrometres = size.X, SphericalWaves = parameters.Number("spherical"),
            SampleIndex = depth == 0 ? null : parameters.Number("sample_index"), DepthMicrometres = depth,
        };
        optics.Validate();
        return optics;
    }
}

using InferenceBridge.Models.Networks;

namespace InferenceBridge.Models.Training;

/// <summary>How to train a network that tells the defocus.</summary>
public sealed record DefocusTrainingOptions : NetworkTrainingOptions
{
    /// <summary>The defaults: the spectral network, batches of 32, a largest learning rate of 0.003 that falls as a cosine.</summary>
    public DefocusTrainingOptions()
        : base(SpectralFocusOptions.Name, 256, "cross-entropy") =>
        (Batch, LearningRate, Schedule, WeightDecay, Patience) = (32, 3e-3, ScheduleKind.Cosine, 1e-3, 0);

    /// <summary>A folder of sharp images to defocus; with <see cref="ZStep"/> focal stacks: a TIFF, or a folder of them.</summary>
    public required string Data { get; init; }

    /// <summary>From plane to plane of real focal stacks in µm (−100 to 100 but 0); null: images are sharp, and defocus is simulated.</summary>
    public double? ZStep { get; init; }

    /// <summary>Number of the plane in focus in every stack, from 0; null: where the metric Vollath F4 is largest.</summary>
    public double? FocusPlane { get; init; }

    /// <summary>
    /// Numerical aperture: of focal stacks, for the spectral network; else, with <see cref="WavelengthNm"/>, <see cref="ImmersionIndex"/> and
    /// <see cref="PixelSize"/>, of the only microscope to simulate. Null: all kinds of microscopes.
    /// </summary>
    public double? NumericalAperture { get; init; }

    /// <summary>Wavelength in nm, where <see cref="NumericalAperture"/> is stated.</summary>
    public double? WavelengthNm { get; init; }

    /// <summary>Refractive index of the immersion, where <see cref="NumericalAperture"/> is stated.</summary>
    public double? ImmersionIndex { get; init; }

    /// <summary>Spherical aberration in waves, where <see cref="NumericalAperture"/> is stated (default 0).</summary>
    public double SphericalWaves { get; init; }

    /// <summary>Pixel size in µm; null: the calibration of the stacks, or all kinds of microscopes.</summary>
    public double? PixelSize { get; init; }

    /// <summary>
    /// Share of steps that learn from simulated frames where focal stacks are given (0 to 1; default 0.5), so that a network does not forget
    /// the distances and microscopes that the stacks do not show; 0: the stacks alone.
    /// </summary>
    public double SimulatedShare { get; init; } = 0.5;

    /// <summary>Simulated sharp planes that are learnt from beside the images (0 to 100 000; default 200).</summary>
    public int Phantoms { get; init; } = 200;

    /// <summary>Frames to validate by (8 to 100 000; default 300).</summary>
    public int ValidationFrames { get; init; } = 300;

    /// <summary>
    /// Share of steps in which the spectral network learns from spectra of rendered frames (0 to 1; default 0); the others make theirs from
    /// those of sharp images, which is faster and never the same twice.
    /// </summary>
    public double RenderedShare { get; init; }

    /// <summary>How many frames are rendered for that (1 to 1 000 000; default 16384); they come again with other noise.</summary>
    public int RenderedFrames { get; init; } = 16384;

    /// <summary>Share of microscopes without an aberration, so that the sign is open (0 to 1; default 0.25).</summary>
    public double SymmetricShare { get; init; } = 0.25;

    /// <summary>Standard deviation of what is told of aperture and wavelength, as a part of them (0 to 0.2; default 0.01).</summary>
    public double Tolerance { get; init; } = 0.01;

    /// <summary>Fewest photons of a pixel of mean light (0.1 to 10⁶; default 30).</summary>
    public double MinimumPhotons { get; init; } = 30;

    /// <summary>Most photons of it (<see cref="MinimumPhotons"/> to 10⁶; default 3000).</summary>
    public double MaximumPhotons { get; init; } = 3000;

    /// <summary>Whether simulated frames come beside focal stacks.</summary>
    internal bool IsMixed => ZStep is not null && SimulatedShare > 0;

    internal MicroscopeDraw Microscopes => new(SymmetricShare, Tolerance, Own);

    private FocusOptics? Own => ZStep is null && NumericalAperture is { } aperture ? new FocusOptics
    {
        NumericalAperture = aperture, WavelengthNm = WavelengthNm ?? 0, ImmersionIndex = ImmersionIndex ?? 0, PixelMicrometres = PixelSize ?? 0, SphericalWaves = SphericalWaves,
    }
    : null;

    internal ExposureRange Exposure => new(MinimumPhotons, MaximumPhotons);

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Check("crop", Crop, DefocusInput.ShortestSide, 2048);
        Check("phantoms", Phantoms, IsMixed ? 1 : 0, 100_000);
        Check("simulated-share", SimulatedShare, 0, 1);
        Check("rendered-share", RenderedShare, 0, 1);
        Check("rendered-frames", RenderedFrames, 1, 1_000_000);
        Check("validation-frames", ValidationFrames, 8, 100_000);
        Check("symmetric-share", SymmetricShare, 0, 1);
        Check("tolerance", Tolerance, 0, 0.2);
        Check("minimum-photons", MinimumPhotons, 0.1, 1e6);
        Check("maximum-photons", MaximumPhotons, MinimumPhotons, 1e6);
        Check("z-step", Math.Abs(ZStep ?? 1), 1e-3, 100);
        Check("focus-plane", FocusPlane ?? 0, 0, 1e6);
        if (Loss != "cross-entropy")
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, "loss", $"loss is {Loss}; accepted: cross-entropy.");
        }

        CheckMicroscope();
    }

    // Focal stacks have a reader that knows what they lack.
    private void CheckMicroscope()
    {
        (string Name, bool IsStated)[] parts =
        [
            ("na", NumericalAperture is not null), ("wavelength", WavelengthNm is not null), ("index", ImmersionIndex is not null), ("pixel-size", PixelSize is not null),
        ];
        if (ZStep is not null || (parts.All(part => !part.IsStated) && SphericalWaves == 0))
        {
            return;
        }

        if (parts.FirstOrDefault(part => !part.IsStated).Name is { } missing)
        {
            throw new InferenceException(InferenceError.InputMissing, missing,
                $"{missing} is missing of the microscope to simulate; accepted: na, wavelength, index and pixel-size, and spherical beside them; or none of them, for all kinds of microscopes.");
        }

        Own!.Validate();
    }
}

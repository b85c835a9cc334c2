using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>Where the operations of this folder take their PSF from: an input, or the optics.</summary>
internal static class PsfInput
{
    /// <summary>Name of the auxiliary input.</summary>
    public const string Name = "psf";

    /// <summary>The input, for a declaration.</summary>
    public static InputRole Role { get; } = new(Name,
        "Point-spread function: the image of a point; one stack, or one for every channel, of any size up to the image's. It is centred "
        + "on its intensity, cut at 0 and normalised to sum 1; on voxels of another size it is resampled. Not "
        + "needed where na, wavelength and index are given.", Required: false);

    /// <summary>Sizes of the PSF, or of the largest of several, from what is declared.</summary>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.InputMissing"/>: neither PSF nor optics; <see cref="InferenceError.ShapeMismatch"/>: it does not
    /// fit the image; <see cref="InferenceError.ParameterOutOfRange"/> and <see cref="InferenceError.UsageInvalid"/>: the optics.
    /// </exception>
    public static VolumeShape Plan(TensorJobRequest request)
    {
        var options = PsfOptions.From(request.Parameters);
        if (!request.Auxiliaries.TryGetValue(Name, out var info))
        {
            return options.Optics is { } optics
                ? OpticsPsf.Plan(optics, request.Image)
                : throw new InferenceException(InferenceError.InputMissing, $"inputs.{Name}",
                    $"Input psf is missing and {options.MissingOptics} not given; accepted: a point-spread function, or na, wavelength and index.");
        }

        if (options.AnyOptics)
        {
            throw new InferenceException(InferenceError.UsageInvalid, PsfOptions.ApertureField,
                "Both a psf and optics (na, wavelength, index) are given; accepted: one of them.");
        }

        return CheckInput(info, request.Image);
    }

    /// <summary>The PSFs, one or one for every channel.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.AuxiliaryInvalid"/>.</exception>
    public static IReadOnlyList<PointSpreadFunction> Prepare(TensorJobContext context)
    {
        var (options, image) = (PsfOptions.From(context.Parameters), context.Request.Image);
        return context.Auxiliaries.TryGetValue(Name, out var volume)
            ? [.. Enumerable.Range(0, volume.Info.Shape.Channels).Select(
                channel => PointSpreadFunction.From(volume, channel, image.Calibration, options.Centre))]
            : [OpticsPsf.Create(options.Optics!, image)];
    }

    /// <summary>What was done to the PSFs, each with its channel where there are several.</summary>
    public static IReadOnlyList<string> Warnings(IReadOnlyList<PointSpreadFunction> psfs) =>
    [
        .. psfs.SelectMany((psf, channel) => psf.Warnings.Select(warning => psfs.Count == 1 ? warning : $"Channel {channel + 1}: {warning}")),
    ];

    private static VolumeShape CheckInput(VolumeInfo info, VolumeInfo image)
    {
        var (psf, shape) = (info.Shape, image.Shape);
        if ((psf.Channels != 1 && psf.Channels != shape.Channels) || psf.Frames != 1)
        {
            throw new InferenceException(InferenceError.ShapeMismatch, Name,
                $"Input psf is {psf}; accepted: 1 frame and 1 channel{(shape.Channels == 1 ? "" : $", or the image's {shape.Channels}")}.");
        }

        var used = PsfStep.Between(info, image.Calibration).Resampled(psf with { Channels = 1 });
        if (used.Depth > shape.Depth || used.Height > shape.Height || used.Width > shape.Width)
        {
            var resampled = used == (psf with { Channels = 1 }) ? "" : $" ({used.Depth}×{used.Height}×{used.Width} on the image's voxels)";
            throw new InferenceException(InferenceError.ShapeMismatch, Name,
                $"Input psf is {psf}{resampled}, larger than the image of {shape}; accepted: at most the image's size along z, y and x.");
        }

        return used;
    }
}

using InferenceBridge.Imaging;

namespace InferenceBridge.Models;

/// <summary>psf/gaussian, psf/born-wolf and psf/gibson-lanni: the point-spread function that follows from optics.</summary>
internal sealed class PsfOperation : IVolumeOperation
{
    private static readonly InputRole Grid = new(InputRole.ImageName,
        "An image on whose voxel size the point-spread function is sampled; its pixels do not matter.");

    private readonly PsfModel _model;

    public PsfOperation(PsfModel model)
    {
        _model = model;
        var (name, summary, description, citation) = Texts(model);
        Declaration = new OperationDeclaration($"psf/{name}", "1", summary)
        {
            Description = description + " The result sums to 1, and its brightest plane and axis are the voxel n / 2 (rounded down) of each axis; z "
                + "grows into the sample. A value of 0 for na, wavelength or index stands for one that is not given, and is refused.",
            Inputs = [Grid],
            Parameters =
            [
                .. OpticsParameters.Microscope, .. model == PsfModel.GibsonLanni ? OpticsParameters.Mount : [], .. PsfGridParameters.All,
            ],
            ResultPixelType = ResultPixelType.Float32,
            RequiresFiniteImage = false,
            Provenance = new Provenance { Citation = citation },
        };
    }

    /// <inheritdoc/>
    public OperationDeclaration Declaration { get; }

    /// <inheritdoc/>
    public VolumeJobPlan Plan(TensorJobRequest request)
    {
        var grid = ReadGrid(request, out var optics);
        return new VolumeJobPlan(grid.Shape, grid.Calibration) { NeedsPixels = false, WorkingBytes = PsfSampler.WorkingBytes(optics, grid) };
    }

    /// <inheritdoc/>
    public VolumeJobResult Run(
        TensorJobRequest request, MemoryVolume? image, IReadOnlyDictionary<string, MemoryVolume> auxiliaries, CancellationToken cancellation)
    {
        var grid = ReadGrid(request, out var optics);
        var volume = PsfSampler.Sample(optics, grid, cancellation);
        var warnings = PsfAdvice.For(optics, grid);
        return new VolumeJobResult(volume)
        {
            Warnings = warnings,
            EstimatedParameters = new Dictionary<string, object>
            {
                ["size_z"] = (long)grid.Depth, ["size_y"] = (long)grid.Height, ["size_x"] = (long)grid.Width,
            },
        };
    }

    private static (string Name, string Summary, string Description, string Citation) Texts(PsfModel model) => model switch
    {
        PsfModel.Gaussian => ("gaussian", "Point-spread function: Gaussian",
            "A Gaussian along each axis with the widths at half maximum that diffraction gives the same microscope: without rings or cones of light.",
            "Zhang, Zerubia, Olivo-Marin: Gaussian approximations of fluorescence microscope point-spread function models. Appl. Opt. 46(10), 2007."),
        PsfModel.BornWolf => ("born-wolf", "Point-spread function: Born and Wolf",
            "Scalar diffraction of a perfect objective into a homogeneous medium, with the defocus of the whole cone rather than its parabola.",
            "Born, Wolf: Principles of Optics, 7th ed., chapter 8.8. Cambridge University Press 1999."),
        _ => ("gibson-lanni", "Point-spread function: Gibson and Lanni",
            "Scalar diffraction through immersion, coverslip and sample, with the spherical aberration of their mismatch. Rays that a sample of "
            + "lower index cannot carry are left out.",
            "Gibson, Lanni: Experimental test of an analytical model of aberration in an oil-immersion objective lens. J. Opt. Soc. Am. A 8(10), 1991."),
    };

    private PsfGrid ReadGrid(TensorJobRequest request, out Optics optics)
    {
        optics = OpticsParameters.Read(request.Parameters, _model);
        return PsfGridParameters.Read(request.Parameters, request.Image, optics);
    }
}

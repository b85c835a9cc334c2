using InferenceBridge.Imaging;
using InferenceBridge.Models.Packages;

namespace InferenceBridge.Models;

/// <summary>A network, then means over what neighbouring slices show at the same place.</summary>
/// <param name="models">Packages that denoise, in the order of their ids.</param>
internal sealed class TriDeFusionOperation(IReadOnlyList<TiledPackageOperation> models) : ITensorOperation, IPackageUser
{
    // The network's result, its stabilised copy, the result, and, for the planes that are worked on, the two sums, a difference, its mean and a weight.
    private const double FusionBytesPerVoxel = 8 * sizeof(float);

    public OperationDeclaration Declaration { get; } = new("denoise/tridefusion", "1.0", "TriDeFusion: network and neighbouring slices")
    {
        Description = "A denoising network, then non-local means over neighbouring slices of its result, or over neighbouring frames of a movie of one channel. How "
            + "alike slices have to be is told by the noise that the network leaves, which is estimated: what is clean already stays as it is.",
        Parameters = TriDeFusionOptions.Declare(models),
        ResultPixelType = ResultPixelType.Float32,
        JoinsFrames = true,
        Provenance = new Provenance { Citation = "A. Buades, B. Coll, J.-M. Morel, CVPR 2005, doi:10.1109/CVPR.2005.38" },
    };

    public IOperation With(IEnumerable<IOperation> packages) => new TriDeFusionOperation(
        [.. packages.OfType<TiledPackageOperation>().Where(package => package.Denoises).OrderBy(package => package.Declaration.Id, StringComparer.Ordinal)]);

    public TensorJobPlan Plan(TensorJobRequest request)
    {
        var options = TriDeFusionOptions.From(request.Parameters);
        var model = Model(options);
        var plan = model.Plan(Inner(request, model, options, request.Image.Shape));
        return plan with
        {
            Halo = new Halo(plan.Halo.Z + options.Reach.Z, plan.Halo.Y + options.Reach.Y, plan.Halo.X + options.Reach.X),
            DeviceBytesPerVoxel = plan.DeviceBytesPerVoxel + FusionBytesPerVoxel,
            FirstPass = new SamplingPass((IImageSteps)plan.FirstPass!, request.Image.Shape, model.Slices),
        };
    }

    public ITensorJob Start(TensorJobContext context)
    {
        var options = TriDeFusionOptions.From(context.Parameters);
        var (model, pass) = (Model(options), (SamplingPass)context.FirstPass!);
        ITensorJob Network(VolumeShape stack) => model.Start(context with { Request = Inner(context.Request, model, options, stack), FirstPass = pass.Steps });
        var noise = Enumerable.Range(0, context.Request.Image.Shape.Channels)
            .Select(channel => options.NoiseLeft > 0 ? options.NoiseLeft : NoiseLeft.Estimate(pass, channel, Network, context.Device)).ToArray();
        return new TriDeFusionJob(options, Network(context.Request.Image.Shape), pass.Steps, noise, context.Request.Image.Shape, model.Declaration);
    }

    private static TensorJobRequest Inner(TensorJobRequest request, TiledPackageOperation model, TriDeFusionOptions options, VolumeShape shape)
    {
        // A network that does not stabilise the noise has no such parameter.
        var own = model.Declaration.Parameters;
        var given = own.Where(parameter => parameter.Name == PackageDeclaration.NoiseFactorParameter)
            .ToDictionary(parameter => parameter.Name, _ => (object)options.NoiseFactor);
        return request with { Parameters = ParameterSet.Create(own, given), Image = request.Image with { Shape = shape } };
    }

    private TiledPackageOperation Model(TriDeFusionOptions options) =>
        models.FirstOrDefault(model => model.Declaration.Id == options.Model)
        ?? throw new InferenceException(InferenceError.ParameterOutOfRange, $"parameters.{TriDeFusionOptions.ModelName}",
            $"The network {options.Model} is not loaded; accepted: {(models.Count == 0
                ? "none as yet. Put a denoising model package, such as ib train denoise makes, into the server's models folder (InferenceBridge:ModelsFolder)"
                : string.Join(", ", models.Select(model => model.Declaration.Id)))}.");
}

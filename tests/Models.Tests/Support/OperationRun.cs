using InferenceBridge.Imaging;
using TorchSharp;

namespace InferenceBridge.Models.Tests;

/// <summary>Runs one tensor operation on the CPU, on the whole image or tile by tile as the server does.</summary>
internal sealed class OperationRun
{
    private readonly ITensorOperation _operation;
    private readonly Dictionary<string, MemoryVolume> _auxiliaries = [];

    public OperationRun(string id, params (string Name, object Value)[] parameters)
    {
        _operation = (ITensorOperation)new OperationCatalog(BuiltInOperations.All).Find(id);
        Parameters = ParameterSet.Create(_operation.Declaration.Parameters, parameters.ToDictionary(p => p.Name, p => p.Value));
    }

    public ParameterSet Parameters { get; }

    public IntensityStatistics? Statistics { get; init; }

    public IReadOnlyList<string> Warnings { get; private set; } = [];

    public IReadOnlyDictionary<string, string> Details { get; private set; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, object> EstimatedParameters { get; private set; } = new Dictionary<string, object>();

    public OperationRun WithPsf(double[,,] psf) => WithPsf(Sample.ToVolume(psf));

    public OperationRun WithPsf(MemoryVolume psf)
    {
        _auxiliaries["psf"] = psf;
        return this;
    }

    public TensorJobPlan Plan(VolumeShape image) => _operation.Plan(Request(image));

    public float[] Whole(double[,,] image) => Interrupted(image, CancellationToken.None);

    public float[] Interrupted(double[,,] image, CancellationToken cancellation)
    {
        using var job = Start(Sample.ShapeOf(image));
        using var input = ToTensor(image);
        using var before = input.clone();
        using var output = job.Process(input, cancellation);
        Details = job.Details;
        Assert.Equal(input.shape, output.shape);
        Assert.Equal(torch.ScalarType.Float32, output.dtype);
        Assert.True(input.equal(before), "The operation changed its input.");
        return output.data<float>().ToArray();
    }

    /// <summary>Tiles of at most so many voxels with their halo, put together from their cores.</summary>
    public float[] Tiled(double[,,] image, long maximumInputElements)
    {
        var shape = Sample.ShapeOf(image);
        var plan = TilePlan.Create(shape, Plan(shape).Halo, maximumInputElements);
        Assert.True(plan.TileCount > 1, $"Only one tile; the largest has {plan.LargestInputElementCount} voxels.");
        using var job = Start(shape);
        using var input = ToTensor(image);
        using var result = torch.full_like(input, float.NaN);
        for (var slab = 0; slab < plan.SlabCount; slab++)
        {
            foreach (var (core, seen) in plan.Tiles(slab))
            {
                using var scope = torch.NewDisposeScope();
                var output = job.Process(Cut(input, seen).contiguous(), CancellationToken.None);
                var inside = new Box(core.Z - seen.Z, core.Y - seen.Y, core.X - seen.X, core.Depth, core.Height, core.Width);
                Cut(result, core).copy_(Cut(output, inside));
            }
        }

        return result.data<float>().ToArray();
    }

    public ITensorJob Start(VolumeShape image) => Start(new VolumeInfo(image, PixelType.Float32));

    public ITensorJob Start(VolumeInfo image)
    {
        var request = Request(image);
        _operation.Plan(request);
        var job = _operation.Start(new TensorJobContext(request, _auxiliaries, Statistics, torch.CPU));
        (Warnings, EstimatedParameters) = (job.Warnings, job.EstimatedParameters);
        return job;
    }

    public static torch.Tensor ToTensor(double[,,] image)
    {
        var shape = Sample.ShapeOf(image);
        return torch.tensor(Sample.ToSingles(image), [shape.Depth, shape.Height, shape.Width]);
    }

    public TensorJobPlan Plan(VolumeInfo image) => _operation.Plan(Request(image));

    private TensorJobRequest Request(VolumeShape image) => Request(new VolumeInfo(image, PixelType.Float32));

    private TensorJobRequest Request(VolumeInfo image) => new(
        Parameters, image, _auxiliaries.ToDictionary(a => a.Key, a => a.Value.Info));

    private static torch.Tensor Cut(torch.Tensor volume, Box box) =>
        volume.narrow(0, box.Z, box.Depth).narrow(1, box.Y, box.Height).narrow(2, box.X, box.Width);
}

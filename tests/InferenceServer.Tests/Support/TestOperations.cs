using InferenceBridge.Imaging;
using InferenceBridge.Models;
using static TorchSharp.torch;

namespace InferenceBridge.Server.Tests.Support;

/// <summary>Operations that do what a test needs them to do.</summary>
public sealed class TestOperations
{
    /// <summary>What "test/noise" was given last.</summary>
    public IntensityStatistics? LastStatistics { get; private set; }

    public IReadOnlyList<IOperation> All =>
    [
        new TestOperation("test/negate") { Compute = (tile, _) => tile.neg() },
        new TestOperation("test/noise") 
        {
            Needs = new TensorJobPlan { NeedsStatistics = true },
            Starting = context => LastStatistics = context.Statistics,
            Compute = (tile, _) => tile.clone(),
        },
        new TestOperation("test/crash") { Compute = (tile, _) => tile.reshape(0) },
    ];
}

/// <summary>A tensor operation made of functions.</summary>
internal sealed class TestOperation(string id) : ITensorOperation
{
    public OperationDeclaration Declaration { get; init; } = new(id, "1", "For tests.");

    public TensorJobPlan Needs { get; init; } = new();

    public required Func<Tensor, CancellationToken, Tensor> Compute { get; init; }

    public Action<TensorJobContext> Starting { get; init; } = _ => { };

    public TensorJobPlan Plan(TensorJobRequest request) => Needs;

    public ITensorJob Start(TensorJobContext context)
    {
        Starting(context);
        return new Job(this);
    }

    private sealed class Job(TestOperation operation) : ITensorJob
    {
        public IReadOnlyList<string> Warnings => [];

        public IReadOnlyDictionary<string, object> EstimatedParameters => new Dictionary<string, object>();

        public Tensor Process(Tensor tile, CancellationToken cancellation) => operation.Compute(tile, cancellation);

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}

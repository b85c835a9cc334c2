using System.Runtime.InteropServices;
using InferenceBridge.Models;
using InferenceBridge.Server.Devices;
using TorchSharp;

namespace InferenceBridge.Server.Tests.Support;

/// <summary>Where a device can fail.</summary>
public enum FaultPlace
{
    Start,
    Upload,
    Compute,
    Download,
}

/// <summary>A card that fails at one place, and an operation, "test/faulty", that doubles pixels on it.</summary>
/// <param name="place">Where it fails.</param>
/// <param name="message">How, in the words of libtorch.</param>
/// <param name="first">The first time that it fails, from 1.</param>
/// <param name="times">How often.</param>
internal sealed class FaultInjector(FaultPlace place, string message, int first = 1, int times = int.MaxValue)
{
    public const string OutOfMemory =
        "CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 23.65 GiB total capacity; 21.3 GiB already allocated; 1.1 GiB free)";

    public const string DeviceLost = "CUDA error: device lost\nCUDA kernel errors might be asynchronously reported at some other API call.";

    private int _passages;

    // In truth the processor too; nothing but the reference tells the two apart.
    private torch.Device CardDevice { get; } = torch.device("cpu");

    /// <summary>Times that somebody came by the place on the card.</summary>
    public int Passages => _passages;

    public DeviceScheduler Scheduler() => new([new Card(this), new ComputeDevice("cpu", "The processor", 0, torch.device("cpu"))]);

    public IOperation Operation() => new DoublingOperation(this);

    private void Pass(FaultPlace at, torch.Device device)
    {
        if (at == place && ReferenceEquals(device, CardDevice))
        {
            var passage = Interlocked.Increment(ref _passages);
            if (passage >= first && passage - first < times)
            {
                throw new TorchFailure(message);
            }
        }
    }

    private sealed record Card(FaultInjector Injector) : ComputeDevice("card:0", "A card that fails", 0, Injector.CardDevice)
    {
        public override torch.Tensor Upload(torch.Tensor tile)
        {
            Injector.Pass(FaultPlace.Upload, Torch);
            return base.Upload(tile);
        }

        public override void Download(torch.Tensor source, torch.Tensor target)
        {
            Injector.Pass(FaultPlace.Download, Torch);
            base.Download(source, target);
        }
    }

    private sealed class DoublingOperation(FaultInjector injector) : ITensorOperation
    {
        public OperationDeclaration Declaration { get; } = new("test/faulty", "1", "For tests.");

        public TensorJobPlan Plan(TensorJobRequest request) => new();

        public ITensorJob Start(TensorJobContext context)
        {
            injector.Pass(FaultPlace.Start, context.Device);
            return new Job(injector, context.Device);
        }
    }

    private sealed class Job(FaultInjector injector, torch.Device device) : ITensorJob
    {
        public IReadOnlyList<string> Warnings => [];

        public IReadOnlyDictionary<string, object> EstimatedParameters => new Dictionary<string, object>();

        public torch.Tensor Process(torch.Tensor tile, CancellationToken cancellation)
        {
            injector.Pass(FaultPlace.Compute, device);
            return tile.mul(2);
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}

/// <summary>A failure of the kind that libtorch's are reported as.</summary>
internal sealed class TorchFailure(string message) : ExternalException(message);

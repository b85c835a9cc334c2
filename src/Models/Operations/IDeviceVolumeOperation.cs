using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>An <see cref="IVolumeOperation"/> that computes on a device, in turns with other jobs.</summary>
public interface IDeviceVolumeOperation : IVolumeOperation
{
    /// <summary>Computes the result.</summary>
    /// <param name="request">What the plan was made for.</param>
    /// <param name="image">The image.</param>
    /// <param name="auxiliaries">Auxiliary volumes by name.</param>
    /// <param name="host">Lends the device.</param>
    /// <exception cref="InferenceException">The pixels do not allow a result.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    VolumeJobResult Run(
        TensorJobRequest request, MemoryVolume image, IReadOnlyDictionary<string, MemoryVolume> auxiliaries, IVolumeJobHost host);
}

/// <summary>What lends a job its device.</summary>
public interface IVolumeJobHost
{
    /// <summary>Device to compute on.</summary>
    Device Device { get; }

    /// <summary>Looked at between pieces of work.</summary>
    CancellationToken Cancellation { get; }

    /// <summary>Waits for a turn at the device, which ends when the result is disposed; held for one piece of work.</summary>
    IDisposable TakeTurn();

    /// <summary>Told how much of the work is done.</summary>
    /// <param name="done">Pieces done.</param>
    /// <param name="all">Pieces in all.</param>
    void Progressed(int done, int all);
}

/// <summary>The CPU, without waiting for anyone.</summary>
/// <param name="cancellation">Stops between pieces of work.</param>
internal sealed class UnsharedCpu(CancellationToken cancellation) : IVolumeJobHost, IDisposable
{
    public Device Device => CPU;

    public CancellationToken Cancellation => cancellation;

    public IDisposable TakeTurn() => this;

    public void Progressed(int done, int all)
    {
        // Nobody listens.
    }

    public void Dispose()
    {
        // Nothing was waited for.
    }
}

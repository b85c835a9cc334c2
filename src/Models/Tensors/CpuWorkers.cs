using System.Runtime.ExceptionServices;
using TorchSharp;

namespace InferenceBridge.Models;

/// <summary>
/// Runs pieces of a tile on all cores. Many operators of libtorch (the Fourier transform, everything on few elements) use
/// one thread, and pieces that fit a core's cache are worked on several times faster than whole tiles.
/// </summary>
internal static class CpuWorkers
{
    /// <summary>Elements of one buffer that is worked on at a time on the CPU, so that a handful of them stay in a core's cache.</summary>
    public const long CacheElements = 32 * 1024;

    /// <summary>
    /// Elements of one buffer that is worked on at a time on other devices: enough to keep one busy, few beside its memory.
    /// </summary>
    public const long DeviceElements = 1 << 20;

    /// <summary>Pieces that run at a time on a device.</summary>
    public static int Count(torch.Device device) => device.type == DeviceType.CPU ? Environment.ProcessorCount : 1;

    /// <summary>Cuts what has a number of elements at each of <paramref name="count"/> indices into pieces to work on at a time.</summary>
    public static Piece[] Cut(torch.Device device, int count, long elementsEach) => Piece.Cut(count, device.type == DeviceType.CPU
        ? Math.Min(CacheElements / elementsEach, (count + 1) / 2)
        : DeviceElements / elementsEach);

    /// <summary>
    /// Runs <paramref name="body"/> for 0 to <paramref name="count"/> − 1, each within a dispose scope of its own and without
    /// gradients; at once on the CPU, one by one on other devices, whose operators are parallel in themselves.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; no further piece starts.</exception>
    public static void For(torch.Device device, int count, Action<int> body, CancellationToken cancellation)
    {
        if (Count(device) == 1 || count == 1)
        {
            for (var i = 0; i < count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                Run(body, i);
            }

            return;
        }

        try
        {
            Parallel.For(0, count, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Count(device) },
                TakeOneThread, (i, _, before) => { Run(body, i); return before; }, GiveThreadsBack);
        }
        catch (AggregateException aggregate) when (aggregate.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(aggregate.InnerException);
        }
    }

    private static void Run(Action<int> body, int index)
    {
        using var withoutGradients = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        body(index);
    }

    // The number of libtorch's threads belongs to the calling thread: a worker that kept several would compete with its peers.
    private static int TakeOneThread()
    {
        var before = torch.get_num_threads();
        if (before != 1)
        {
            torch.set_num_threads(1);
        }

        return before;
    }

    private static void GiveThreadsBack(int before)
    {
        if (before != 1)
        {
            torch.set_num_threads(before);
        }
    }
}

using static TorchSharp.torch;

namespace InferenceBridge.Models;

/// <summary>One job on one device. Tiles are given one at a time.</summary>
public interface ITensorJob : IDisposable
{
    /// <summary>What the caller should know of how the job runs: a PSF that was normalised, an estimate that was used.</summary>
    IReadOnlyList<string> Warnings { get; }

    /// <summary>Parameters whose values the job estimated itself, for the summary.</summary>
    IReadOnlyDictionary<string, object> EstimatedParameters { get; }

    /// <summary>How the job ran, by snake_case name, for the summary: iterations, residual, where the PSF came from. Grows with its tiles.</summary>
    IReadOnlyDictionary<string, string> Details => System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Computes one tile.</summary>
    /// <param name="tile">As below.</param>
    /// <param name="context">Its channel, and who hears of iterations.</param>
    /// <returns>As below.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    Tensor Process(Tensor tile, TileContext context) => Process(tile, context.Cancellation);

    /// <summary>Computes one tile of the first channel.</summary>
    /// <param name="tile">float32, (z, y, x), contiguous, on the job's device, halo included; owned by the caller and not changed.</param>
    /// <param name="cancellation">Looked at often enough that a device is free within the time of one tile.</param>
    /// <returns>float32, of the tile's shape, on the same device; the caller takes ownership.</returns>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    Tensor Process(Tensor tile, CancellationToken cancellation);
}

using System.Runtime.ExceptionServices;

namespace InferenceBridge.Server.Jobs;

/// <summary>Runs the stages of a job at once.</summary>
internal static class Stages
{
    /// <summary>
    /// Waits for all stages. The first one to fail cancels the others, and its exception is the one that is thrown.
    /// </summary>
    public static async Task RunAsync(CancellationToken cancellation, params Func<CancellationToken, Task>[] stages)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ExceptionDispatchInfo? first = null;
        async Task Run(Func<CancellationToken, Task> stage)
        {
            try
            {
                await stage(linked.Token).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref first, ExceptionDispatchInfo.Capture(e), null);
                await linked.CancelAsync().ConfigureAwait(false);
            }
        }

        await Task.WhenAll(stages.Select(stage => Task.Run(() => Run(stage), CancellationToken.None))).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        first?.Throw();
    }
}

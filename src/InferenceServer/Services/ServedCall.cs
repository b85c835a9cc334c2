using Grpc.Core;
using InferenceBridge.Server.Hosting;

namespace InferenceBridge.Server.Services;

/// <summary>Runs a call as a job, whose refusal must reach the client.</summary>
internal sealed class ServedCall(JobTracker jobs, InferenceServerOptions options, TimeProvider time)
{
    /// <summary>Runs a call as one of the jobs.</summary>
    /// <param name="context">The call.</param>
    /// <param name="responses">Where its answers go.</param>
    /// <param name="run">Does the work, and answers through the writer that it is given.</param>
    public async Task RunAsync<T>(ServerCallContext context, IServerStreamWriter<T> responses, Func<IServerStreamWriter<T>, Task> run)
    {
        // A job counts until its status is on its way, so that a stopping server does not close the connection before.
        var http = context.GetHttpContext();
        http.Response.RegisterForDispose(jobs.Begin());
        var writer = new WatchedWriter<T>(responses);
        try
        {
            await run(writer).ConfigureAwait(false);
        }
        catch (InferenceException)
        {
            // The job has given its place back. A client that does not take even the status of its job loses the stream, whose
            // buffers would stay for as long as the connection does.
            if (!await writer.SettleAsync(TimeSpan.FromSeconds(options.ClientIdleSeconds), time, jobs.StopToken).ConfigureAwait(false))
            {
                http.Abort();
            }

            throw;
        }
    }
}

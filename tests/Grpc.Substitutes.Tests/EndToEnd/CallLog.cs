using Grpc.Core;

namespace InferenceBridge.Grpc.Substitutes.Tests.EndToEnd;

/// <summary>What the server saw, for tests to look at.</summary>
internal sealed class CallLog
{
    /// <summary>Headers of the last recorded call.</summary>
    public Metadata Headers { get; private set; } = [];

    /// <summary>Deadline of the last recorded call.</summary>
    public DateTime Deadline { get; private set; }

    /// <summary>Path of each call that the server's interceptor saw.</summary>
    public List<string> Intercepted { get; } = [];

    /// <summary>Completes when a hanging call has begun.</summary>
    public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a hanging call was cancelled on the server.</summary>
    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Record(ServerCallContext context)
    {
        Headers = context.RequestHeaders;
        Deadline = context.Deadline;
    }
}

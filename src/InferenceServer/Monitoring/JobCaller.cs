using System.Diagnostics;
using Grpc.Core;
using InferenceBridge.Server.Admission;
using InferenceBridge.Server.Diagnostics.Tracing;

namespace InferenceBridge.Server.Monitoring;

/// <summary>A call that asks for a job.</summary>
/// <param name="JobId">Id that the log, traces and status use.</param>
/// <param name="Client">Whose job it is, as limits by client see it.</param>
/// <param name="Trace">The trace that the job belongs to; default where the caller has none.</param>
internal sealed record JobCaller(string JobId, string Client, ActivityContext Trace)
{
    private const string JobIdKey = "inferencebridge.job";

    /// <summary>Gives the call a job id, which <see cref="JobIdOf"/> finds again.</summary>
    public static JobCaller From(ServerCallContext context, IClientIdentity identity)
    {
        var http = context.GetHttpContext();
        var id = Guid.NewGuid().ToString("n")[..12];
        context.UserState[JobIdKey] = id;
        return new JobCaller(id, identity.Of(http), TraceParent.Of(http));
    }

    /// <summary>Id of the call's job; null where it asked for none.</summary>
    public static string? JobIdOf(ServerCallContext context) => context.UserState.TryGetValue(JobIdKey, out var id) ? id as string : null;
}

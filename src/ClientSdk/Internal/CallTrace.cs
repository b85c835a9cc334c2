using System.Diagnostics;
using System.Reflection;
using Grpc.Core;

namespace InferenceBridge.Client.Internal;

/// <summary>
/// The activity of a call, from the source "InferenceBridge.Client", around all of its attempts. Nothing is made where nobody
/// listens.
/// </summary>
internal sealed class CallTrace
{
    private static readonly ActivitySource Source = new("InferenceBridge.Client",
        typeof(CallTrace).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);

    private readonly Activity? _activity;

    private CallTrace(Activity? activity) => _activity = activity;

    /// <summary>Runs a call within an activity of its own.</summary>
    /// <param name="name">The operation that runs, or the method of the catalogue.</param>
    /// <param name="address">Server.</param>
    /// <param name="call">The call.</param>
    public static async Task<T> RunAsync<T>(string name, ServerAddress address, Func<CallTrace, Task<T>> call)
    {
        using var activity = Source.StartActivity("InferenceBridge.Call", ActivityKind.Client);
        if (activity is not null)
        {
            activity.DisplayName = name;
            activity.SetTag("inferencebridge.call", name).SetTag("server.address", address.Text);
        }

        try
        {
            return await call(new CallTrace(activity)).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            activity?.SetTag("error.type", (e as InferenceException)?.Error.ToString() ?? e.GetType().Name)
                .SetStatus(ActivityStatusCode.Error, e.Message);
            throw;
        }
    }

    /// <summary>
    /// Headers that tell the server which activity its own ones belong to (W3C traceparent); null where there is none.
    /// HttpClient would send one too, but that of its own activity, which few record: the trace would have a gap.
    /// </summary>
    public static Metadata? Headers()
    {
        if (Activity.Current is not { } activity || activity.Source != Source)
        {
            return null;
        }

        var headers = new Metadata();
        DistributedContextPropagator.Current.Inject(activity, headers,
            static (carrier, name, value) => ((Metadata)carrier!).Add(name.ToLowerInvariant(), value));
        return headers;
    }

    /// <summary>Notes each attempt of the call.</summary>
    public Func<int, CancellationToken, Task<T>> Attempts<T>(Func<int, CancellationToken, Task<T>> attempt) => _activity is null
        ? attempt
        : (number, cancellation) =>
        {
            _activity.SetTag("inferencebridge.attempts", number);
            return attempt(number, cancellation);
        };
}

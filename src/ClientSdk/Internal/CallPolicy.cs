using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace InferenceBridge.Client.Internal;

/// <summary>Runs the attempts of a call: repeats what is safe to repeat, within the limits of the options and a timeout.</summary>
internal sealed class CallPolicy
{
    private static readonly ResiliencePropertyKey<CallState> StateKey = new("inferencebridge.call");

    private readonly ResiliencePipeline _pipeline;
    private readonly RetryOptions _options;
    private readonly TimeProvider _time;
    private readonly ServerAddress _address;
    private readonly ILogger _logger;

    public CallPolicy(RetryOptions options, TimeProvider time, ServerAddress address, ILogger logger)
    {
        _options = options;
        _time = time;
        _address = address;
        _logger = logger;
        _pipeline = options.MaxAttempts == 1 ? ResiliencePipeline.Empty : BuildPipeline();
    }

    /// <summary>Runs a call.</summary>
    /// <param name="name">Name of the call for the log.</param>
    /// <param name="timeout">Time for all attempts; null means no limit.</param>
    /// <param name="attempt">
    /// One attempt: gets its number, from 1; throws <see cref="TransientFailure"/> where it may be repeated.
    /// </param>
    /// <param name="cancellation">The caller's.</param>
    public async Task<T> ExecuteAsync<T>(
        string name, TimeSpan? timeout, Func<int, CancellationToken, Task<T>> attempt, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var deadline = new CancellationTokenSource(timeout ?? Timeout.InfiniteTimeSpan, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        var context = ResilienceContextPool.Shared.Get(linked.Token);
        var state = new CallState(name, new Outage(_time));
        context.Properties.Set(StateKey, state);
        try
        {
            return await _pipeline.ExecuteAsync(
                async current => await attempt(++state.Attempts, current.CancellationToken).ConfigureAwait(false),
                context).ConfigureAwait(false);
        }
        catch (TransientFailure failure)
        {
            var error = state.Outage.Conclude(failure);
            Log.GaveUp(_logger, name, _address.Text, state.Attempts, error.Error, error.Message);
            throw error;
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new InferenceException(InferenceError.DeadlineExceeded, "timeout",
                $"The timeout of {timeout} passed before {_address.Text} had answered; accepted: a longer one, or none.", e);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private ResiliencePipeline BuildPipeline() =>
        new ResiliencePipelineBuilder { TimeProvider = _time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = _options.MaxAttempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = _options.BaseDelay,
                MaxDelay = _options.MaxDelay,
                ShouldHandle = ShouldRetry,
                OnRetry = OnRetry,
            })
            .Build();

    private ValueTask<bool> ShouldRetry(RetryPredicateArguments<object> arguments)
    {
        if (arguments.Outcome.Exception is not TransientFailure failure
            || (failure.Reached == AttemptStage.Receiving && !_options.AfterPartialResult))
        {
            return ValueTask.FromResult(false);
        }

        var outage = State(arguments.Context).Outage;
        outage.Add(failure);
        return ValueTask.FromResult(outage.Elapsed < _options.Deadline && outage.Losses < _options.MaxLosses);
    }

    private ValueTask OnRetry(OnRetryArguments<object> arguments)
    {
        var error = ((TransientFailure)arguments.Outcome.Exception!).Error;
        var state = State(arguments.Context);
        Log.Retrying(_logger, state.Attempts, _options.MaxAttempts, state.Name, _address.Text, error.Error,
            arguments.RetryDelay.TotalSeconds, error.Message);
        return ValueTask.CompletedTask;
    }

    private static CallState State(ResilienceContext context) => context.Properties.GetValue(StateKey, null!);

    private sealed class CallState(string name, Outage outage)
    {
        public string Name { get; } = name;

        public Outage Outage { get; } = outage;

        public int Attempts { get; set; }
    }
}

using InferenceBridge.Server.Jobs;

namespace InferenceBridge.Server.Configuration;

/// <summary>Finds settings that are sound each and impossible together.</summary>
internal static class OptionsConsistency
{
    public static IEnumerable<OptionsFault> Faults(InferenceServerOptions options)
    {
        if (options.DeviceMemoryBytes > 0 && options.DeviceMemoryBytes < options.MemoryBudgetBytes)
        {
            yield return Fault(nameof(options.DeviceMemoryBytes),
                $"is {options.DeviceMemoryBytes}, less than what one job may take; accepted: 0, or at least "
                + $"{Key(nameof(options.MemoryBudgetBytes))}, {options.MemoryBudgetBytes}.");
        }

        var places = options.MaxConcurrentJobs + options.MaxQueuedJobs;
        if (options.MaxJobsPerClient > places)
        {
            yield return Fault(nameof(options.MaxJobsPerClient),
                $"is {options.MaxJobsPerClient}, more than all clients may have together; accepted: 0 to {Key(nameof(options.MaxConcurrentJobs))} + "
                + $"{Key(nameof(options.MaxQueuedJobs))}, {places}.");
        }

        var least = MemoryModel.LeastServerBytes(options);
        if (options.ServerMemoryBytes / 2 < least)
        {
            yield return Fault(nameof(options.ServerMemoryBytes),
                $"is {options.ServerMemoryBytes}, half of which is too little for one job with {Key(nameof(options.QueueBytes))} {options.QueueBytes} and "
                + $"{Key(nameof(options.MaxChunkBytes))} {options.MaxChunkBytes}; accepted: at least {2 * least}.");
        }
    }

    private static string Key(string name) => OptionsFaults.Key(name);

    private static OptionsFault Fault(string name, string message) => new(Key(name), message);
}

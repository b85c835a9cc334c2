namespace InferenceBridge.Server.Admission;

/// <summary>Tells whether jobs fit into the memory of the device and of the server together.</summary>
/// <param name="deviceBytes">Memory of all jobs on the device.</param>
/// <param name="serverBytes">Memory of all jobs in the server.</param>
internal sealed class MemoryBudget(long deviceBytes, long serverBytes)
{
    public static MemoryBudget From(InferenceServerOptions options) => new(DeviceBytes(options), options.ServerMemoryBytes);

    /// <summary>What all jobs may take on a device.</summary>
    public static long DeviceBytes(InferenceServerOptions options) =>
        options.DeviceMemoryBytes > 0 ? options.DeviceMemoryBytes : 2 * options.MemoryBudgetBytes;

    /// <summary>
    /// What one job may take in the server: half, so that a large job leaves room for others beside it.
    /// </summary>
    public static long ServerBytesPerJob(InferenceServerOptions options) => options.ServerMemoryBytes / 2;

    /// <summary>Whether a job fits beside those that run. Alone it always does: it was planned for less.</summary>
    public bool Fits(IReadOnlyCollection<JobMemory> running, JobMemory wanted)
    {
        if (running.Count == 0)
        {
            return true;
        }

        // Jobs take turns at the device: only one of them at a time has more there than what it holds between its tiles.
        var all = running.Append(wanted).ToArray();
        return Sum(all, job => job.Server) <= serverBytes
            && Sum(all, job => job.Held) + all.Max(job => job.Device - job.Held) <= deviceBytes;
    }

    private static double Sum(JobMemory[] jobs, Func<JobMemory, long> part) => jobs.Sum(job => (double)part(job));
}

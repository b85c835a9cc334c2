namespace InferenceBridge.Server.Admission;

/// <summary>Memory that a job is predicted to take, in bytes.</summary>
/// <param name="Device">Most that it takes on the device, which is while one of its tiles is computed.</param>
/// <param name="Held">What it keeps there while other jobs compute theirs; at most <paramref name="Device"/>.</param>
/// <param name="Server">In the server: planes that wait, slabs, results that wait, auxiliary volumes.</param>
internal readonly record struct JobMemory(long Device, long Held, long Server)
{
    /// <summary>All of it.</summary>
    public long Total => Device + Server;
}

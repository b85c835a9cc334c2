using System.Globalization;

namespace InferenceBridge.Benchmarks.Harness;

/// <summary>What Linux knows of a process's memory.</summary>
internal static class ProcessMemory
{
    /// <summary>The most bytes that a process has had in physical memory since it began, its shared libraries included.</summary>
    public static long PeakBytes(int processId) => Bytes(processId, "VmHWM:");

    /// <summary>Bytes that a process has in physical memory now.</summary>
    public static long ResidentBytes(int processId) => Bytes(processId, "VmRSS:");

    /// <summary>Sets this process's peak back to what it has now.</summary>
    public static void ResetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static long Bytes(int processId, string key)
    {
        // "VmHWM:    123456 kB"
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(key, StringComparison.Ordinal));
        return long.Parse(line[key.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}

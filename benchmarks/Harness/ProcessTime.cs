using System.Diagnostics;

namespace InferenceBridge.Benchmarks.Harness;

/// <summary>Time that a process has had on the processor's cores, which other work on the machine hardly changes.</summary>
internal static class ProcessTime
{
    public static double Seconds(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.TotalProcessorTime.TotalSeconds;
    }
}

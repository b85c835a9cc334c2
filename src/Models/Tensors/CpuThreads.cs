using TorchSharp;

namespace InferenceBridge.Models;

/// <summary>
/// Threads of one operator of libtorch on the CPU: as many as the process has cores, or OMP_NUM_THREADS. libtorch's own default is half of that on
/// virtual machines whose processors only look like two threads of one core, and it belongs to each thread by itself, which takes over what another
/// has just set.
/// </summary>
internal static class CpuThreads
{
    private const string Cores = "/sys/devices/system/cpu";

    /// <summary>How many there are, 1 or more.</summary>
    public static int Most { get; } = Stated() ? torch.get_num_threads() : Math.Clamp(PhysicalCores(), 1, Environment.ProcessorCount);

    /// <summary>Gives operators that the calling thread runs from now on all of them.</summary>
    public static void TakeAll()
    {
        if (torch.get_num_threads() != Most)
        {
            torch.set_num_threads(Most);
        }
    }

    private static bool Stated() => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OMP_NUM_THREADS"));

    // Processors of one core name the same list. Where there are no such files, a processor counts as a core.
    private static int PhysicalCores()
    {
        try
        {
            var lists = Directory.GetDirectories(Cores, "cpu*").Select(cpu => Path.Combine(cpu, "topology", "core_cpus_list")).Where(File.Exists).Select(File.ReadAllText);
            return lists.Distinct(StringComparer.Ordinal).Count() is > 0 and var cores ? cores : Environment.ProcessorCount;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Environment.ProcessorCount;
        }
    }
}

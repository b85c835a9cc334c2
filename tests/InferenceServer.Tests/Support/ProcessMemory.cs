using System.Globalization;
using System.Runtime.InteropServices;

namespace InferenceBridge.Server.Tests.Support;

/// <summary>Measures the memory of a process by what Linux counts: resident bytes, and their peak since it was reset.</summary>
internal static class ProcessMemory
{
    /// <summary>Peak of this process' memory while something runs, above what it had before.</summary>
    public static long PeakOf(Action action)
    {
        // What was freed before and is kept for later would hide what the action takes.
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        _ = Trim(0);
        Assert.SkipUnless(TryReset("self"), "The peak of a process' memory cannot be reset here.");
        var before = Read("self", "VmRSS");
        action();
        return Read("self", "VmHWM") - before;
    }

    /// <summary>Sets the peak of a process back to what it has now.</summary>
    public static bool TryReset(string process)
    {
        try
        {
            File.WriteAllText($"/proc/{process}/clear_refs", "5");
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>A number of bytes from a process' status.</summary>
    public static long Read(string process, string key)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith(key + ":", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Trim(nuint pad);
}

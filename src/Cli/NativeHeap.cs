using System.Runtime.InteropServices;

namespace InferenceBridge.Cli;

/// <summary>How the C library keeps memory that libtorch has freed.</summary>
internal static class NativeHeap
{
    // From glibc's malloc.h.
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;
    private const int ArenaMax = -8;

    // glibc takes no larger one.
    private const int LargestMmapThreshold = 32 << 20;

    // Each keeps up to the trim threshold of free memory; by default there are eight for each core.
    private const int MostArenas = 8;

    /// <summary>
    /// Makes large blocks go back to the system when they are freed. Left alone, glibc raises its threshold to the size of
    /// the tensors that come and go, up to 32 MiB, and from then on every thread's heap keeps some of them: a server's
    /// memory then grows by hundreds of MiB that nobody uses. Blocks of a few MiB stay: operations allocate them thousands of
    /// times, and getting each from the system took Richardson–Lucy half as much again in processor time.
    /// </summary>
    public static void ReturnLargeBlocks() => Set(8 << 20, 16 << 20);

    /// <summary>Makes freed blocks stay with the process: a training allocates the same tensors at every step, and a new block is cleared page by page.</summary>
    public static void KeepBlocks() => Set(LargestMmapThreshold, 1 << 30);

    private static void Set(int mmapThreshold, int trimThreshold)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = SetOption(MmapThreshold, mmapThreshold);
            _ = SetOption(TrimThreshold, trimThreshold);
            _ = SetOption(ArenaMax, Math.Min(Environment.ProcessorCount, MostArenas));
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Another C library, without this habit.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int option, int value);
}

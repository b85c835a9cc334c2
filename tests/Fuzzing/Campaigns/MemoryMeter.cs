using System.Globalization;

namespace InferenceBridge.Fuzzing.Campaigns;

/// <summary>Memory that one case takes, native and managed, from the process's peak.</summary>
internal sealed class MemoryMeter
{
    /// <summary>What any file may take: a decoded strip, a codec's window, and the collector's slack.</summary>
    private const long FixedBytes = 384L << 20;

    private const long BytesPerFileByte = 64;

    private readonly long _residentBefore;
    private readonly long _allocatedBefore;

    public MemoryMeter()
    {
        ResetPeak();
        _residentBefore = Status("VmRSS:");
        _allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
    }

    /// <summary>The most bytes that a file of a size may take.</summary>
    public static long Limit(long fileBytes) => FixedBytes + (BytesPerFileByte * fileBytes);

    /// <summary>Growth of the process's resident memory at its peak, or what the collector handed out, whichever is more.</summary>
    public long Taken() => Math.Max(
        Status("VmHWM:") - _residentBefore, GC.GetAllocatedBytesForCurrentThread() - _allocatedBefore);

    // Writing 5 makes the kernel count the peak anew: proc(5).
    private static void ResetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static long Status(string key)
    {
        foreach (var line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith(key, StringComparison.Ordinal))
            {
                return long.Parse(line.AsSpan(key.Length, line.Length - key.Length - 3), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) << 10;
            }
        }

        throw new InvalidDataException($"/proc/self/status has no {key}");
    }
}

using System.Globalization;

namespace InferenceBridge.Soak.Support;

/// <summary>What a server process holds.</summary>
/// <param name="MemoryBytes">Physical memory now, shared libraries included.</param>
/// <param name="PeakBytes">The most it has ever had.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Handles">Open files, sockets and pipes.</param>
/// <param name="ScratchFiles">Files in its scratch folder, and open files there that have no name any more.</param>
internal sealed record Vitals(long MemoryBytes, long PeakBytes, int Threads, int Handles, int ScratchFiles)
{
    public static Vitals Of(int processId, string scratch)
    {
        var status = File.ReadLines($"/proc/{processId}/status").Select(line => line.Split(':', 2)).ToDictionary(line => line[0], line => line[1]);
        long KiB(string key) => long.Parse(status[key].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) << 10;
        var handles = Directory.EnumerateFileSystemEntries($"/proc/{processId}/fd").ToArray();
        return new Vitals(KiB("VmRSS"), KiB("VmHWM"), int.Parse(status["Threads"], CultureInfo.InvariantCulture), handles.Length,
            Directory.EnumerateFileSystemEntries(scratch).Count() + handles.Count(handle => Target(handle).Contains("(deleted)", StringComparison.Ordinal)
                && Target(handle).StartsWith(scratch, StringComparison.Ordinal)));
    }

    public override string ToString() => $"{MemoryBytes >> 20} MiB (peak {PeakBytes >> 20}), {Threads} threads, {Handles} handles, {ScratchFiles} scratch files";

    private static string Target(string handle)
    {
        try
        {
            return new FileInfo(handle).LinkTarget ?? "";
        }
        catch (IOException)
        {
            // Closed meanwhile.
            return "";
        }
    }
}

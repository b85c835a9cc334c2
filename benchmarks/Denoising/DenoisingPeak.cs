using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Denoising;

/// <summary>
/// Peak memory of one denoising job, its image and result included, in a process that has done nothing else before but a small job.
/// </summary>
internal static class DenoisingPeak
{
    public const string Argument = "--denoising-peak";

    /// <summary>Measures in a process of its own; bytes.</summary>
    public static long Measure(string method, VolumeShape shape)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Argument, method, TestImage.Text(shape)]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return long.Parse(output, CultureInfo.InvariantCulture);
    }

    /// <summary>What that process does.</summary>
    public static void Run(string method, string shape)
    {
        var sizes = shape.Split('x').Select(size => int.Parse(size, CultureInfo.InvariantCulture)).ToArray();
        var catalog = DenoisingMethod.Catalog(ServerProcess.RepositoryRoot, Console.Error.WriteLine);
        var chosen = DenoisingMethod.All(catalog).Single(one => one.Name == method);
        chosen.Run(catalog, TestImage.Create(new VolumeShape(2, 64, 64)));
        var image = TestImage.Create(new VolumeShape(sizes[0], sizes[1], sizes[2]));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        _ = Trim(0);
        ProcessMemory.ResetPeak();
        var before = ProcessMemory.ResidentBytes(Environment.ProcessId);
        chosen.Run(catalog, image);
        Console.WriteLine(ProcessMemory.PeakBytes(Environment.ProcessId) - before);
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    private static extern int Trim(nint keep);
}

using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Imaging;
using InferenceBridge.Models;
using TorchSharp;

namespace InferenceBridge.Benchmarks.Deconvolution;

/// <summary>
/// Peak memory of a Richardson–Lucy job on one tile, its image and result included, in a process that has done nothing else before
/// but a small job, so that what earlier work left behind hides nothing.
/// </summary>
internal static class DeconvolutionPeak
{
    public const string Argument = "--deconvolution-peak";

    /// <summary>Measures in a process of its own; bytes.</summary>
    public static async Task<long> MeasureAsync(VolumeShape shape, string edges, string acceleration, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Argument, TestImage.Text(shape), edges, acceleration]) { RedirectStandardOutput = true };

        // The C library keeps freed memory as it does in ib.
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = "8388608";
        start.Environment["MALLOC_TRIM_THRESHOLD_"] = "16777216";
        start.Environment["MALLOC_ARENA_MAX"] = $"{Math.Min(8, Environment.ProcessorCount)}";
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return long.Parse(output, CultureInfo.InvariantCulture);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    /// <summary>What that process does.</summary>
    public static void Run(string shape, string edges, string acceleration)
    {
        var sizes = shape.Split('x').Select(size => int.Parse(size, CultureInfo.InvariantCulture)).ToArray();
        Deconvolve(new VolumeShape(40, 128, 128), edges, acceleration);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        _ = Trim(0);
        ProcessMemory.ResetPeak();
        var before = ProcessMemory.ResidentBytes(Environment.ProcessId);
        Deconvolve(new VolumeShape(sizes[0], sizes[1], sizes[2]), edges, acceleration);
        Console.WriteLine(ProcessMemory.PeakBytes(Environment.ProcessId) - before);
    }

    private static void Deconvolve(VolumeShape shape, string edges, string acceleration)
    {
        using var psf = RichardsonLucyCase.Psf();
        using var scope = torch.NewDisposeScope();
        using var tile = torch.rand([shape.Depth, shape.Height, shape.Width]);
        var operation = (ITensorOperation)new OperationCatalog(BuiltInOperations.All).Find(RichardsonLucyCase.Id);
        var parameters = ParameterSet.Create(operation.Declaration.Parameters,
            new Dictionary<string, object> { ["iterations"] = 3L, ["edges"] = edges, ["acceleration"] = acceleration });
        var request = new TensorJobRequest(parameters, new VolumeInfo(shape, PixelType.Float32), new Dictionary<string, VolumeInfo> { ["psf"] = psf.Info });
        operation.Plan(request);
        using var job = operation.Start(new TensorJobContext(request, new Dictionary<string, MemoryVolume> { ["psf"] = psf }, null, torch.CPU));
        using var result = job.Process(tile, CancellationToken.None);
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Trim(nuint pad);
}

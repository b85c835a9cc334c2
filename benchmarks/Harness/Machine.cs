using System.Globalization;
using System.Runtime.InteropServices;

namespace InferenceBridge.Benchmarks.Harness;

/// <summary>The machine that figures were measured on.</summary>
/// <param name="Processor">Model of the processor.</param>
/// <param name="Cores">Logical cores that this process may use.</param>
/// <param name="System">Operating system.</param>
/// <param name="Runtime">Version of .NET.</param>
/// <param name="LoadAverage">Runnable processes over the last minute before the benchmark; other work disturbs figures.</param>
internal sealed record Machine(string Processor, int Cores, string System, string Runtime, double LoadAverage)
{
    public static Machine Current() => new(
        ValueOf("/proc/cpuinfo", "model name", ':') ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        ValueOf("/etc/os-release", "PRETTY_NAME", '=')?.Trim('"') ?? RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        File.Exists("/proc/loadavg") ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) : 0);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Processor}, {Cores} cores, {System}, {Runtime}, load average before {LoadAverage:0.00}");

    private static string? ValueOf(string path, string key, char separator) => !File.Exists(path)
        ? null
        : File.ReadLines(path).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(separator, 2)[1].Trim();
}

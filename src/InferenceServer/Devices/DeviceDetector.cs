using TorchSharp;

namespace InferenceBridge.Server.Devices;

/// <summary>Finds out which devices there are and what they are called.</summary>
internal static class DeviceDetector
{
    /// <summary>The asked device first, then the CPU, which takes over when the first one fails.</summary>
    /// <param name="asked">"auto", "cpu" or "cuda:N".</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.DeviceUnavailable"/>: no such card.</exception>
    public static IReadOnlyList<ComputeDevice> Detect(string asked)
    {
        var cpu = new ComputeDevice("cpu", ProcessorName(), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, torch.CPU);
        var cards = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        if (asked == "cpu" || (asked == "auto" && cards == 0))
        {
            return [cpu];
        }

        var index = asked == "auto" ? 0 : int.Parse(asked.AsSpan("cuda:".Length), System.Globalization.CultureInfo.InvariantCulture);
        return index < cards
            ? [new ComputeDevice($"cuda:{index}", CardName(index), 0, torch.device(DeviceType.CUDA, index)), cpu]
            : throw new InferenceException(InferenceError.DeviceUnavailable, "InferenceBridge:Device",
                $"InferenceBridge:Device is \"{asked}\", but {cards} CUDA cards are usable; accepted: auto, cpu"
                + $"{(cards > 0 ? $", cuda:0 to cuda:{cards - 1}" : "")}.");
    }

    private static string ProcessorName() =>
        ValueOf("/proc/cpuinfo", "model name") ?? System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString();

    private static string CardName(int index)
    {
        // The driver's folders are ordered by bus address, as CUDA orders cards when CUDA_DEVICE_ORDER=PCI_BUS_ID.
        const string folder = "/proc/driver/nvidia/gpus";
        var cards = Directory.Exists(folder) ? Directory.GetDirectories(folder).Order(StringComparer.Ordinal).ToArray() : [];
        var name = index < cards.Length ? ValueOf(Path.Combine(cards[index], "information"), "Model") : null;
        return name ?? "CUDA card";
    }

    private static string? ValueOf(string file, string key)
    {
        try
        {
            var line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal));
            return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

using System.Globalization;
using System.Numerics;

namespace InferenceBridge.Server.Configuration;

/// <summary>Checks every setting against its documented range.</summary>
internal static class OptionsValidator
{
    public static IReadOnlyList<OptionsFault> Faults(InferenceServerOptions options)
    {
        var faults = new List<OptionsFault>();
        void Range<T>(string name, T value, T minimum, T maximum)
            where T : INumber<T>
        {
            if (value < minimum || value > maximum)
            {
                faults.Add(new OptionsFault(OptionsFaults.Key(name),
                    string.Create(CultureInfo.InvariantCulture, $"is {value}; accepted: {minimum} to {maximum}.")));
            }
        }

        Range(nameof(options.MaxVolumeBytes), options.MaxVolumeBytes, 1, 1L << 62);
        Range(nameof(options.MaxAuxiliaryBytes), options.MaxAuxiliaryBytes, 1, 16L << 30);
        Range(nameof(options.MaxChunkBytes), options.MaxChunkBytes, 64 << 10, 256 << 20);
        Range(nameof(options.ResultChunkBytes), options.ResultChunkBytes, 4 << 10, 256 << 20);
        Range(nameof(options.MemoryBudgetBytes), options.MemoryBudgetBytes, 1L << 20, 1L << 50);
        Range(nameof(options.QueueBytes), options.QueueBytes, 64L << 10, 1L << 40);
        Range(nameof(options.MaxConcurrentJobs), options.MaxConcurrentJobs, 1, 1024);
        Range(nameof(options.DeviceMemoryBytes), options.DeviceMemoryBytes, 0, 1L << 50);
        Range(nameof(options.ServerMemoryBytes), options.ServerMemoryBytes, 1L << 20, 1L << 50);
        Range(nameof(options.MaxQueuedJobs), options.MaxQueuedJobs, 0, 100_000);
        Range(nameof(options.MaxJobsPerClient), options.MaxJobsPerClient, 0, 101_024);
        Range(nameof(options.MaxJobSeconds), options.MaxJobSeconds, 1, 2_592_000);
        Range(nameof(options.MaxScratchBytes), options.MaxScratchBytes, 0, 1L << 62);
        Range(nameof(options.ClientIdleSeconds), options.ClientIdleSeconds, 1, 86400);
        Range(nameof(options.ShutdownGraceSeconds), options.ShutdownGraceSeconds, 0, 86400);
        CheckAddresses(options, faults);
        CheckMetricsAddress(options, faults);
        CheckDevice(options, faults);
        CheckScratch(options, faults);
        if (options.ModelsFolder.Length > 0 && !Directory.Exists(options.ModelsFolder))
        {
            faults.Add(new OptionsFault(OptionsFaults.Key(nameof(options.ModelsFolder)),
                $"is \"{options.ModelsFolder}\", which is not a folder; accepted: a folder that exists, or empty for none."));
        }


        // Values that are wrong in themselves are reported once.
        return faults.Count > 0 ? faults : [.. OptionsConsistency.Faults(options)];
    }

    private static void CheckScratch(InferenceServerOptions options, List<OptionsFault> faults)
    {
        var fault = !Directory.Exists(options.ScratchDirectory) ? "is not a folder" : WriteFault(options.ScratchDirectory);
        if (fault is not null)
        {
            faults.Add(new OptionsFault(OptionsFaults.Key(nameof(options.ScratchDirectory)),
                $"is \"{options.ScratchDirectory}\", which {fault}; accepted: a folder that exists and is writable."));
        }
    }

    private static string? WriteFault(string folder)
    {
        try
        {
            var probe = Path.Combine(folder, $"inferencebridge-{Guid.NewGuid():n}.probe");
            using var handle = File.OpenHandle(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"cannot be written to ({e.Message.TrimEnd('.')})";
        }
    }

    private static void CheckAddresses(InferenceServerOptions options, List<OptionsFault> faults)
    {
        var key = OptionsFaults.Key(nameof(options.Urls));
        var urls = ListenAddress.Split(options.Urls);
        if (urls.Count == 0)
        {
            faults.Add(new OptionsFault(key, $"is \"{options.Urls}\"; accepted: {ListenAddress.Accepted}."));
        }

        foreach (var url in urls.Where(url => ListenAddress.TryParse(url) is null))
        {
            faults.Add(new OptionsFault(key, $"holds \"{url}\"; accepted: {ListenAddress.Accepted}."));
        }
    }

    private static void CheckMetricsAddress(InferenceServerOptions options, List<OptionsFault> faults)
    {
        if (options.MetricsUrl.Length == 0)
        {
            return;
        }

        var key = OptionsFaults.Key(nameof(options.MetricsUrl));
        if (ListenAddress.TryParse(options.MetricsUrl)?.EndPoint is not { } endPoint)
        {
            faults.Add(new OptionsFault(key,
                $"is \"{options.MetricsUrl}\"; accepted: one http://HOST:PORT with localhost, an IP address or * as HOST, or empty for no metrics."));
        }
        else if (endPoint.Port != 0 && ListenAddress.Split(options.Urls).Any(url => endPoint.Equals(ListenAddress.TryParse(url)?.EndPoint)))
        {
            faults.Add(new OptionsFault(key, $"is \"{options.MetricsUrl}\", which is among the Urls; accepted: an address of its own."));
        }
    }

    private static void CheckDevice(InferenceServerOptions options, List<OptionsFault> faults)
    {
        var isCard = options.Device.StartsWith("cuda:", StringComparison.Ordinal)
            && int.TryParse(options.Device.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        if (!isCard && options.Device is not ("auto" or "cpu"))
        {
            faults.Add(new OptionsFault(OptionsFaults.Key(nameof(options.Device)),
                $"is \"{options.Device}\"; accepted: auto, cpu, cuda:N with the card's number N from 0."));
        }
    }
}

using Microsoft.Extensions.Logging;

namespace InferenceBridge.Server.Diagnostics;

/// <summary>Every log message of the server. Event ids are stable: 1xx life of the server, 2xx jobs, 9xx faults.</summary>
internal static partial class Log
{
    private static readonly Func<ILogger, string, IDisposable?> Job = LoggerMessage.DefineScope<string>("Job {JobId}");

    /// <summary>Every message of a job carries its id, those of libraries too, where the log shows scopes.</summary>
    public static IDisposable? JobScope(ILogger logger, string jobId) => Job(logger, jobId);

    [LoggerMessage(100, LogLevel.Information, "InferenceBridge {Version} starts on {Device} ({DeviceName})")]
    public static partial void Starting(ILogger logger, string version, string device, string deviceName);

    [LoggerMessage(101, LogLevel.Information, "Listening on {Address}")]
    public static partial void Listening(ILogger logger, string address);

    [LoggerMessage(102, LogLevel.Information, "Stopping; {Jobs} jobs get {GraceSeconds} s to end")]
    public static partial void Stopping(ILogger logger, int jobs, int graceSeconds);

    [LoggerMessage(103, LogLevel.Information, "Stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(104, LogLevel.Information, "Metrics for Prometheus at {Address}")]
    public static partial void MetricsAt(ILogger logger, string address);

    [LoggerMessage(110, LogLevel.Information, "Package {Folder} is offered as {Operation}, weights {Weights}")]
    public static partial void PackageOffered(ILogger logger, string folder, string operation, string weights);

    [LoggerMessage(111, LogLevel.Information, "Package {Folder} is gone, and with it {Operation}; jobs that run with it go on")]
    public static partial void PackageGone(ILogger logger, string folder, string operation);

    [LoggerMessage(112, LogLevel.Warning, "Package {Folder} cannot be offered: {Field}: {Reason}")]
    public static partial void PackageFaulty(ILogger logger, string folder, string field, string reason);

    [LoggerMessage(113, LogLevel.Warning, "Folder {Folder} cannot be watched ({Reason}); packages are looked for when the catalogue is asked")]
    public static partial void PackagesNotWatched(ILogger logger, string folder, string reason);

    [LoggerMessage(200, LogLevel.Information, "Job {JobId} accepted: {Operation} on {Shape} of {PixelType}, {Bytes} bytes, {Tiles} tiles on {Device}")]
    public static partial void JobAccepted(
        ILogger logger, string jobId, string operation, string shape, string pixelType, long bytes, long tiles, string device);

    [LoggerMessage(201, LogLevel.Information, "Job {JobId} completed: {Operation} in {Seconds:F3} s, computing {ComputeSeconds:F3} s on {Device}, {Warnings} warnings")]
    public static partial void JobCompleted(
        ILogger logger, string jobId, string operation, double seconds, double computeSeconds, string device, int warnings);

    [LoggerMessage(202, LogLevel.Information, "Job {JobId} refused after {Seconds:F3} s: {Error}: {Reason}")]
    public static partial void JobRefused(ILogger logger, string jobId, double seconds, InferenceError error, string reason);

    [LoggerMessage(203, LogLevel.Information, "Job {JobId} cancelled after {Seconds:F3} s")]
    public static partial void JobCancelled(ILogger logger, string jobId, double seconds);

    [LoggerMessage(204, LogLevel.Warning, "Job {JobId} failed after {Seconds:F3} s")]
    public static partial void JobFailed(ILogger logger, string jobId, double seconds, Exception exception);

    [LoggerMessage(205, LogLevel.Warning, "Job {JobId}: {Device} is out of memory for a tile of {Voxels} voxels; {NextStep}")]
    public static partial void OutOfMemory(ILogger logger, string jobId, string device, long voxels, string nextStep);

    [LoggerMessage(206, LogLevel.Warning, "Job {JobId}: {Device} is lost until the server is restarted; {NextDevice} takes over for all jobs")]
    public static partial void DeviceLost(ILogger logger, string jobId, string device, string nextDevice, Exception exception);

    [LoggerMessage(210, LogLevel.Information, "Stream {JobId} opened: {Operation} on {Shape} of {PixelType}, queue of {QueueLength} on {Device}")]
    public static partial void StreamOpened(ILogger logger, string jobId, string operation, string shape, string pixelType, int queueLength, string device);

    [LoggerMessage(211, LogLevel.Information, "Stream {JobId} ended after {Seconds:F3} s: {Frames} frames answered, {Dropped} dropped")]
    public static partial void StreamEnded(ILogger logger, string jobId, double seconds, long frames, long dropped);

    [LoggerMessage(900, LogLevel.Error, "Unexpected error in {Method}, reference {Reference}")]
    public static partial void UnexpectedError(ILogger logger, string method, string reference, Exception exception);
}

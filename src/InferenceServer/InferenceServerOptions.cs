using InferenceBridge.Server.Configuration;

namespace InferenceBridge.Server;

/// <summary>
/// Settings of a server. They come from the section "InferenceBridge" of a JSON file and from environment variables
/// INFERENCEBRIDGE__NAME, and are checked when the server starts.
/// </summary>
public sealed record InferenceServerOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string SectionName = "InferenceBridge";

    /// <summary>
    /// Addresses to listen on, separated by semicolons: "http://HOST:PORT" (port 0 takes a free one) or "unix:/PATH".
    /// Default "http://127.0.0.1:50051".
    /// </summary>
    public string Urls { get; init; } = "http://127.0.0.1:50051";

    /// <summary>
    /// Address where Prometheus finds the metrics, over HTTP/1.1 and under the path /metrics: "http://HOST:PORT" (port 0 takes a
    /// free one). Empty serves none. Default: empty.
    /// </summary>
    public string MetricsUrl { get; init; } = "";

    /// <summary>Device to compute on: "auto" (a CUDA card where there is one, else the CPU), "cpu", "cuda:0", ... Default "auto".</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Largest image that is accepted, in bytes (1 to 2^62; default 1 TiB).</summary>
    public long MaxVolumeBytes { get; init; } = 1L << 40;

    /// <summary>Largest auxiliary volume (a PSF) that is accepted, in bytes (1 to 16 GiB; default 256 MiB). It is kept in memory.</summary>
    public long MaxAuxiliaryBytes { get; init; } = 256L << 20;

    /// <summary>Largest data of one chunk that is accepted, in bytes (64 KiB to 256 MiB; default 8 MiB).</summary>
    public int MaxChunkBytes { get; init; } = 8 << 20;

    /// <summary>Data of one result chunk, in bytes (4 KiB to 256 MiB; default 1 MiB). A chunk has at least one row of pixels.</summary>
    public int ResultChunkBytes { get; init; } = 1 << 20;

    /// <summary>Memory that one job may take on the device, in bytes (1 MiB to 1 PiB; default 4 GiB). It decides on the tiles.</summary>
    public long MemoryBudgetBytes { get; init; } = 4L << 30;

    /// <summary>
    /// Memory that all running jobs may take on a device together, in bytes (<see cref="MemoryBudgetBytes"/> to 1 PiB; default 0:
    /// twice <see cref="MemoryBudgetBytes"/>). Jobs that do not fit beside the running ones wait.
    /// </summary>
    public long DeviceMemoryBytes { get; init; }

    /// <summary>
    /// Memory that all running jobs may take in the server together for planes, slabs and results, in bytes (1 MiB to 1 PiB;
    /// default 4 GiB). One job may take half of it; it is cut into slabs that do, or refused. Jobs that do not fit beside the
    /// running ones wait.
    /// </summary>
    public long ServerMemoryBytes { get; init; } = 4L << 30;

    /// <summary>
    /// Bytes of received planes that a job holds, and likewise of results that wait for the client (64 KiB to 1 TiB;
    /// default 16 MiB). The planes that one tile needs are held in any case.
    /// </summary>
    public long QueueBytes { get; init; } = 16L << 20;

    /// <summary>Jobs that run at once (1 to 1024; default 4). Others wait, first come, first served.</summary>
    public int MaxConcurrentJobs { get; init; } = 4;

    /// <summary>Jobs that wait at most (0 to 100000; default 100); further ones are refused with the length of the wait.</summary>
    public int MaxQueuedJobs { get; init; } = 100;

    /// <summary>
    /// Jobs of one client that run or wait, a client being an IP address or a user of the Unix socket (0 to
    /// <see cref="MaxConcurrentJobs"/> + <see cref="MaxQueuedJobs"/>; default 0: no limit of its own). Further ones are refused.
    /// </summary>
    public int MaxJobsPerClient { get; init; }

    /// <summary>Time that a job may run after it has left the queue, in seconds (1 to 2592000, 30 days; default 86400, a day).</summary>
    public int MaxJobSeconds { get; init; } = 86400;

    /// <summary>
    /// Time that the server waits for the next message of a client, or for it to take a result, before it gives up the job,
    /// in seconds (1 to 86400; default 300).
    /// </summary>
    public int ClientIdleSeconds { get; init; } = 300;

    /// <summary>
    /// Folder whose subfolders are model packages; each is offered as an operation. TorchScript is code: whoever may write here
    /// decides what the server runs. Empty: none beside those that the program brings. Default: empty.
    /// </summary>
    public string ModelsFolder { get; init; } = "";

    /// <summary>Folder for images that are spooled; it must exist and be writable. Default: the system's temporary folder.</summary>
    public string ScratchDirectory { get; init; } = Path.GetTempPath();

    /// <summary>
    /// Bytes in <see cref="ScratchDirectory"/> that all jobs may take together (0 to 2^62; default 1 TiB). What does not fit is
    /// refused before it is sent.
    /// </summary>
    public long MaxScratchBytes { get; init; } = 1L << 40;

    /// <summary>Time that running jobs get to end when the server stops, in seconds (0 to 86400; default 30).</summary>
    public int ShutdownGraceSeconds { get; init; } = 30;

    /// <summary>Reads options from a JSON file and from environment variables, which win.</summary>
    /// <param name="configurationFile">Path of a JSON file with a section <see cref="SectionName"/>; null for none.</param>
    /// <param name="urls"><see cref="Urls"/> that win over both; null for none.</param>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.UsageInvalid"/> naming every key at fault; <see cref="InferenceError.FileUnreadable"/> or
    /// <see cref="InferenceError.FileFormatInvalid"/> for the file.
    /// </exception>
    public static InferenceServerOptions Load(string? configurationFile = null, string? urls = null) =>
        OptionsLoader.Load(configurationFile, urls);

    /// <summary>Checks every value.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.UsageInvalid"/> naming every key at fault.</exception>
    public void Validate() => OptionsFaults.ThrowIfAny(OptionsValidator.Faults(this));
}

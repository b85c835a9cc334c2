using InferenceBridge.Imaging;

namespace InferenceBridge.Client;

/// <summary>What is asked of a server for one image.</summary>
/// <param name="Operation">Id of the operation, such as "denoise/nlm".</param>
public sealed record RunRequest(string Operation)
{
    /// <summary>Values by parameter name; what is absent takes the operation's default.</summary>
    public IReadOnlyDictionary<string, ParameterValue> Parameters { get; init; } = new Dictionary<string, ParameterValue>();

    /// <summary>
    /// Auxiliary volumes by input name ("psf"). They are read, again for every attempt, and stay the caller's to dispose.
    /// </summary>
    public IReadOnlyDictionary<string, IVolumeReader> Auxiliaries { get; init; } = new Dictionary<string, IVolumeReader>();

    /// <summary>Pixel type of the result; null follows the operation's rule.</summary>
    public PixelType? OutputPixelType { get; init; }

    /// <summary>
    /// Statistics over the whole image, where they are known: they spare the server a pass over spooled data. Null where
    /// they are not.
    /// </summary>
    public IntensityStatistics? Statistics { get; init; }

    /// <summary>
    /// Told the number of a frame along T, from 0, and what was found for it ("shift_x", ...), in the order of the frames, by operations that
    /// work along T; from the beginning again where an attempt is repeated. Null tells nobody.
    /// </summary>
    public Action<long, IReadOnlyDictionary<string, double>>? FrameNumbers { get; init; }

    /// <summary>
    /// Second volumes that the operation is to make, by name ("displacement"), and what makes the writer of each once its shape and calibration
    /// are known; it is called once an attempt, and pixels are float32. The client completes and disposes of these writers as of the result's,
    /// and completes them before it.
    /// </summary>
    public IReadOnlyDictionary<string, Func<VolumeInfo, IVolumeWriter>> SideOutputs { get; init; } = new Dictionary<string, Func<VolumeInfo, IVolumeWriter>>();

    /// <summary>Time for the whole job, all attempts included; more than zero. Null means no limit.</summary>
    public TimeSpan? Timeout { get; init; }
}

using InferenceBridge.Imaging;

namespace InferenceBridge.Client;

/// <summary>What is asked of a server for the frames of an instrument.</summary>
/// <param name="Operation">Id of the operation, such as "register/rigid".</param>
/// <param name="Frame">Shape of every frame, of which T is 1, its pixel type and calibration.</param>
public sealed record FrameStreamRequest(string Operation, VolumeInfo Frame)
{
    /// <summary>Values by parameter name; what is absent takes the operation's default.</summary>
    public IReadOnlyDictionary<string, ParameterValue> Parameters { get; init; } = new Dictionary<string, ParameterValue>();

    /// <summary>Auxiliary volumes by input name ("template"). They stay the caller's to dispose.</summary>
    public IReadOnlyDictionary<string, IVolumeReader> Auxiliaries { get; init; } = new Dictionary<string, IVolumeReader>();

    /// <summary>Pixel type of the results; null follows the operation's rule.</summary>
    public PixelType? OutputPixelType { get; init; }

    /// <summary>Names of second volumes that the operation is to make for every frame ("displacement").</summary>
    public IReadOnlyList<string> SideOutputs { get; init; } = [];

    /// <summary>Frames that wait in the server at most (1 to 1024); null takes the server's default of 4.</summary>
    public int? QueueLength { get; init; }

    /// <summary>What happens to frames that come faster than they are computed. Default: the sender waits.</summary>
    public FrameDropPolicy DropPolicy { get; init; }

    /// <summary>What <see cref="FrameStream.ExportStateAsync"/> of another stream gave; empty starts anew.</summary>
    public ReadOnlyMemory<byte> State { get; init; }

    /// <summary>Time that the instrument may be silent before the server gives up; null takes the server's own limit, which holds in any case.</summary>
    public TimeSpan? IdleTimeout { get; init; }
}

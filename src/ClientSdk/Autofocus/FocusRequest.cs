namespace InferenceBridge.Client;

/// <summary>What is asked of a search for the focus. What is null or absent takes the operation's default.</summary>
/// <param name="Operation">Id of the operation: "autofocus/metrics", or a network such as "autofocus/mobilenet-v2".</param>
public sealed record FocusRequest(string Operation)
{
    /// <summary>Lower limit of travel, in µm.</summary>
    public double? MinimumZMicrometres { get; init; }

    /// <summary>Upper limit of travel, in µm.</summary>
    public double? MaximumZMicrometres { get; init; }

    /// <summary>Largest distance from the start, up and down, within the limits, in µm.</summary>
    public double? RangeMicrometres { get; init; }

    /// <summary>Largest single move, in µm.</summary>
    public double? LargestStepMicrometres { get; init; }

    /// <summary>Play of the stage, in µm: places are approached from this far below, or, below 0, from above.</summary>
    public double? BacklashMicrometres { get; init; }

    /// <summary>How far from best focus still counts as focused, in µm.</summary>
    public double? ToleranceMicrometres { get; init; }

    /// <summary>Frames after which the search gives up.</summary>
    public int? MaximumFrames { get; init; }

    /// <summary>Further parameters by name: optics, the metric, ...</summary>
    public IReadOnlyDictionary<string, ParameterValue> Parameters { get; init; } = new Dictionary<string, ParameterValue>();

    /// <summary>Whether the stage goes back to where it was when the focus is not found. Default: true.</summary>
    public bool ReturnsWhenNotFound { get; init; } = true;

    /// <summary>Time between frames while the focus is kept; null: as fast as they come.</summary>
    public TimeSpan? HoldInterval { get; init; }

    internal Dictionary<string, ParameterValue> AllParameters(string mode)
    {
        var all = new Dictionary<string, ParameterValue>(Parameters) { ["mode"] = mode };
        Add(all, "minimum_z_um", MinimumZMicrometres);
        Add(all, "maximum_z_um", MaximumZMicrometres);
        Add(all, "range_um", RangeMicrometres);
        Add(all, "largest_step_um", LargestStepMicrometres);
        Add(all, "backlash_um", BacklashMicrometres);
        Add(all, "tolerance_um", ToleranceMicrometres);
        if (MaximumFrames is { } frames)
        {
            all["max_frames"] = (long)frames;
        }

        return all;
    }

    private static void Add(Dictionary<string, ParameterValue> all, string name, double? value)
    {
        if (value is { } number)
        {
            all[name] = number;
        }
    }
}

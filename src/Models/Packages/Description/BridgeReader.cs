using System.Text.RegularExpressions;

namespace InferenceBridge.Models.Packages;

/// <summary>Reads config.inferencebridge.</summary>
internal static partial class BridgeReader
{
    private static readonly string[] Known =
        ["network", "operation", "context", "reach", "channels", "restore_scale", "device_bytes_per_voxel", "stabilise", "metrics", "commit"];

    public static BridgeSettings Read(YamlField field)
    {
        foreach (var (name, entry) in field.Entries)
        {
            if (!Known.Contains(name))
            {
                throw entry.Refuse($"is not known; accepted: {string.Join(", ", Known)}.");
            }
        }

        return new BridgeSettings
        {
            Operation = field["operation"].Text is not { } id ? null
                : OperationId().IsMatch(id) ? id : throw field["operation"].Fault("TASK/NAME of lower-case letters, digits, '-', '_' and '.'"),
            IsGlobal = field["context"].Text switch
            {
                null => null,
                "global" => true,
                "local" => false,
                _ => throw field["context"].Fault("global or local"),
            },
            Reach = field["reach"].IsMissing ? null
                : (Distance(field["reach"]["z"]), Distance(field["reach"]["y"]), Distance(field["reach"]["x"])),
            ChannelsAreSlices = field["channels"].Text switch
            {
                null or "channels" => false,
                "slices" => true,
                _ => throw field["channels"].Fault("channels or slices"),
            },
            RestoresScale = field["restore_scale"].Boolean(false),
            Stabilises = field["stabilise"].Boolean(false),
            DeviceBytesPerVoxel = field["device_bytes_per_voxel"].Integer(4, 1 << 24),
            Notes = Notes(field),
        };
    }

    private static int Distance(YamlField field) => field.Integer(0, 1 << 20) ?? 0;

    private static string Notes(YamlField field)
    {
        var metrics = field["metrics"].Entries.Select(entry => $"{entry.Name} {entry.Field.Text}");
        var commit = field["commit"].Text is { } text ? new[] { $"trained by commit {text}" } : [];
        return string.Join(", ", metrics.Concat(commit));
    }

    [GeneratedRegex("^[a-z][a-z0-9_.-]*/[a-z0-9][a-z0-9_.-]*$")]
    private static partial Regex OperationId();
}

using System.Text.Json;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>A tensor in a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its element type.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Start">First byte behind the header.</param>
/// <param name="End">Byte behind its last.</param>
internal sealed record SafetensorsEntry(string Name, ScalarType Type, long[] Shape, long Start, long End);

/// <summary>The header of a file, checked: the tensors cover what follows without overlap or gap.</summary>
internal sealed record SafetensorsHeader(
    IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata, long DataStart)
{
    private const string MetadataName = "__metadata__";

    public static SafetensorsHeader Parse(byte[] json, long dataStart, long fileLength, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var entries = new List<SafetensorsEntry>();
            var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Name == MetadataName)
                {
                    foreach (var text in property.Value.EnumerateObject())
                    {
                        metadata.Add(text.Name, text.Value.GetString() ?? "");
                    }
                }
                else
                {
                    entries.Add(Entry(property, path));
                }
            }

            CheckCover(entries, fileLength - dataStart, path);
            return new SafetensorsHeader(entries, metadata, dataStart);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or OverflowException)
        {
            throw new InferenceException(InferenceError.FileFormatInvalid, path, $"{path} has a header that is not safetensors': {e.Message}", e);
        }
    }

    public static InferenceException Fault(string path, string what) =>
        new(InferenceError.FileFormatInvalid, path, $"{path} {what}; accepted: a safetensors file.");

    private static SafetensorsEntry Entry(JsonProperty property, string path)
    {
        var name = property.Value.GetProperty("dtype").GetString() ?? "";
        var (type, bytes) = SafetensorsTypes.Find(name)
            ?? throw Fault(path, $"has tensor \"{property.Name}\" of type \"{name}\", which is none of {SafetensorsTypes.Accepted}");
        long[] shape = [.. property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        long[] offsets = [.. property.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (offsets.Length != 2 || shape.Any(size => size < 0) || shape.Aggregate((long)bytes, (n, size) => checked(n * size)) != offsets[1] - offsets[0])
        {
            throw Fault(path, $"has tensor \"{property.Name}\" of {string.Join("×", shape)} {name} at bytes {string.Join(" to ", offsets)}, which do not fit each other");
        }

        return new SafetensorsEntry(property.Name, type, shape, offsets[0], offsets[1]);
    }

    private static void CheckCover(List<SafetensorsEntry> entries, long bytes, string path)
    {
        long end = 0;
        foreach (var entry in entries.OrderBy(entry => entry.Start).ThenBy(entry => entry.End))
        {
            if (entry.Start != end)
            {
                throw Fault(path, $"has tensor \"{entry.Name}\" at byte {entry.Start}, where the one before ends at {end}");
            }

            end = entry.End;
        }

        if (end != bytes)
        {
            throw Fault(path, $"has {bytes} bytes behind its header, of which its tensors take {end}");
        }
    }
}

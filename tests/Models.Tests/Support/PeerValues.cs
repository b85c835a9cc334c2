using System.Text.Json;

namespace InferenceBridge.Models.Tests;

/// <summary>Values that scipy and scikit-image gave; see Peers/make_values.py.</summary>
internal static class PeerValues
{
    private static readonly JsonDocument Document =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Peers", "values.json")));

    public static JsonElement Case(string group, int number) => Document.RootElement.GetProperty(group)[number];

    public static double[] Doubles(this JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    public static (int Depth, int Height, int Width) Sizes(this JsonElement element, string name = "shape")
    {
        var sizes = element.GetProperty(name);
        return (sizes[0].GetInt32(), sizes[1].GetInt32(), sizes[2].GetInt32());
    }

    public static double[,,] Image(this JsonElement element)
    {
        var (depth, height, width) = element.Sizes();
        return Sample.Image(depth, height, width);
    }
}

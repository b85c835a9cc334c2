using System.Globalization;
using InferenceBridge.Models;

namespace InferenceBridge.Cli;

/// <summary>
/// All numbers of the planes of a focal stack as CSV: plane, counted from 0; where the step is known z, and how far it is from the focus that the
/// deciding metric, and a network, find from all planes together; then the numbers of the single planes by name.
/// </summary>
internal static class FocusTable
{
    public static void Write(string path, FocusStack stack)
    {
        var names = stack.Planes.SelectMany(plane => plane.Keys).Distinct().Order(StringComparer.Ordinal).ToArray();
        var places = Places(stack);
        var lines = new List<string> { string.Join(',', places.Select(place => place.Name).Concat(names)) };
        for (var i = 0; i < stack.Planes.Count; i++)
        {
            var numbers = stack.Planes[i];
            lines.Add(string.Join(',', places.Select(place => Text(place.Of(i))).Concat(names.Select(name => numbers.TryGetValue(name, out var value) ? Text(value) : ""))));
        }

        // It appears under its name when it is complete.
        var partial = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Guid.NewGuid():N}.csv");
        try
        {
            File.WriteAllLines(partial, lines);
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static List<(string Name, Func<int, double> Of)> Places(FocusStack stack)
    {
        List<(string, Func<int, double>)> places = [("plane", i => i)];
        if (stack.Positions.Step is null)
        {
            return places;
        }

        places.Add(("z_um", i => stack.Positions.Of(i)));
        if (stack.Best is { Peak.Kind: not FocusPeakKind.None } best)
        {
            places.Add(("from_focus_um", i => Rounded(stack.Positions.Of(i) - best.Peak.Z)));
        }

        if (stack.Network is { } network)
        {
            places.Add(("from_network_focus_um", i => Rounded(stack.Positions.Of(i) - network.Z)));
        }

        return places;
    }

    // Differences of decimals have digits that mean nothing.
    private static double Rounded(double micrometres) => Math.Round(micrometres, 6);

    private static string Text(double value) => value.ToString("G9", CultureInfo.InvariantCulture);
}

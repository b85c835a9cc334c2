using System.Globalization;

namespace InferenceBridge.Cli;

/// <summary>All numbers of the planes of a focal stack as CSV: plane, counted from 0, z where the step is known, then the numbers by name.</summary>
internal static class FocusTable
{
    public static void Write(string path, FocusStack stack)
    {
        var names = stack.Planes.SelectMany(plane => plane.Keys).Distinct().Order(StringComparer.Ordinal).ToArray();
        string[] first = stack.Positions.Step is null ? ["plane"] : ["plane", "z_um"];
        var lines = new List<string> { string.Join(',', first.Concat(names)) };
        for (var i = 0; i < stack.Planes.Count; i++)
        {
            var numbers = stack.Planes[i];
            string[] place = stack.Positions.Step is null ? [Text(i)] : [Text(i), Text(stack.Positions.Of(i))];
            lines.Add(string.Join(',', place.Concat(names.Select(name => numbers.TryGetValue(name, out var value) ? Text(value) : ""))));
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

    private static string Text(double value) => value.ToString("G9", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Xml.Linq;

namespace InferenceBridge.Imaging;

/// <summary>Planes that follow one another in a file.</summary>
/// <param name="File">File of the set, 0 the opened one.</param>
/// <param name="Page">First page.</param>
/// <param name="T">Frame of the first plane.</param>
/// <param name="C">Channel of the first plane, counted in pages.</param>
/// <param name="Z">Slice of the first plane.</param>
/// <param name="Count">Number of planes.</param>
internal readonly record struct OmeRun(int File, int Page, int T, int C, int Z, long Count);

/// <summary>The TiffData elements, which say where planes are.</summary>
internal static class OmeTiffData
{
    // An empty directory with one entry takes as much: no file has more pages than this allows.
    private const int SmallestPageBytes = 18;

    private const int MaximumPlacings = 64;

    /// <summary>Runs of planes, each bounded by what its file can hold.</summary>
    public static IEnumerable<OmeRun> Runs(XElement pixels, OmeFiles files, TiffSource source)
    {
        var elements = pixels.Elements().Where(e => e.Name.LocalName == "TiffData").ToList();
        if (elements.Count == 0)
        {
            yield return new OmeRun(0, 0, 0, 0, 0, source.Chain.Count);
            yield break;
        }

        var exactCounts = new Dictionary<int, int>();
        foreach (var element in elements)
        {
            int Value(string name, int absent) =>
                int.TryParse(element.Attribute(name)?.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= 0 ? value : absent;

            // Without IFD and PlaneCount, all pages of the file are meant.
            var file = files.IndexOf(element);
            var page = Value("IFD", 0);
            var wanted = Value("PlaneCount", element.Attribute("IFD") is null ? int.MaxValue : 1);
            var available = Math.Max(0, PageCount(file, wanted == int.MaxValue, files, source, exactCounts) - page);
            yield return new OmeRun(file, page, Value("FirstT", 0), Value("FirstC", 0), Value("FirstZ", 0), Math.Min(wanted, available));
        }
    }

    /// <summary>File and page of every plane, Z fastest, then C (in pages), then T.</summary>
    /// <exception cref="InferenceException">A plane is in none of them.</exception>
    public static IReadOnlyList<(int File, int Page)> Places(List<OmeRun> runs, OmeOrder order, TiffSource source)
    {
        var shape = order.Shape;
        var placed = runs.Sum(run => run.Count);
        if (placed < shape.PlaneCount)
        {
            throw TiffErrors.Invalid(source.Path, $"its OME-XML promises {shape.PlaneCount} planes and says where {placed} are; "
                + $"the file has {source.Chain.Count} pages; accepted: a page for each plane");
        }

        // Runs that overlap again and again would take hours.
        if (placed > MaximumPlacings * Math.Max(shape.PlaneCount, source.Chain.Count))
        {
            throw TiffErrors.Invalid(source.Path, $"its OME-XML says {placed} times where one of {shape.PlaneCount} planes is; accepted: at most {MaximumPlacings} times each");
        }

        var places = new (int File, int Page)[shape.PlaneCount];
        Array.Fill(places, (-1, -1));
        foreach (var run in runs.Where(run => run.T < shape.Frames && run.C < shape.Channels && run.Z < shape.Depth))
        {
            var first = order.IndexOf(run.T, run.C, run.Z);
            var count = Math.Min(run.Count, places.LongLength - first);
            for (var i = 0; i < count; i++)
            {
                places[order.PlaneOf(first + i)] = (run.File, run.Page + i);
            }
        }

        var missing = Array.IndexOf(places, (-1, -1));
        if (missing >= 0)
        {
            var (t, c, z) = shape.PlaneAt(missing);
            throw TiffErrors.Invalid(source.Path, $"its OME-XML promises the plane t={t}, c={c}, z={z} and does not say where it is");
        }

        return places;
    }

    private static int PageCount(int file, bool isExact, OmeFiles files, TiffSource source, Dictionary<int, int> exactCounts)
    {
        if (file == 0)
        {
            return source.Chain.Count;
        }

        if (exactCounts.TryGetValue(file, out var known))
        {
            return known;
        }

        if (!isExact)
        {
            return (int)Math.Min(int.MaxValue, FileBytes.Of(files.Others[file - 1]) / SmallestPageBytes);
        }

        using var other = TiffSource.Open(files.Others[file - 1]);
        exactCounts.Add(file, other.Chain.Count);
        return other.Chain.Count;
    }
}

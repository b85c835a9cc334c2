using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace InferenceBridge.Benchmarks.Harness;

/// <summary>Shows results: as text for people, as one object of numbers for programs, as a file to keep.</summary>
internal sealed class ReportWriter(IBenchmark benchmark, Machine machine, BenchmarkResult result)
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private bool AllMet => result.Targets.All(result.IsMet);

    public void WriteText(TextWriter writer)
    {
        writer.WriteLine($"{benchmark.Name}: {benchmark.Summary}");
        writer.WriteLine($"  machine   {machine}");
        writer.WriteLine($"  versions  {string.Join(", ", result.Versions.Select(version => $"{version.Key} {version.Value}"))}");
        var width = result.Figures.Max(figure => figure.Name.Length);
        foreach (var figure in result.Figures)
        {
            writer.WriteLine($"  {figure.Name.PadRight(width)}  {Number(figure.Value)} {figure.Unit}".TrimEnd());
        }

        foreach (var note in result.Notes)
        {
            writer.WriteLine($"  note: {note}");
        }

        foreach (var target in result.Targets)
        {
            writer.WriteLine($"  target: {target.Figure} {target.Text} {Number(target.Bound)}: "
                + $"{Number(result[target.Figure])}, {(result.IsMet(target) ? "met" : "MISSED")}");
        }
    }

    /// <summary>One line with one object whose every value is a number; targets_met is 1 or 0.</summary>
    public string ToJson()
    {
        var numbers = new Dictionary<string, double>();
        foreach (var figure in result.Figures)
        {
            numbers.Add(figure.Name, Rounded(figure.Value));
        }

        foreach (var target in result.Targets)
        {
            numbers.Add($"{target.Figure}_target", target.Bound);
        }

        numbers.Add("targets_met", AllMet ? 1 : 0);
        numbers.Add("cores", machine.Cores);
        return JsonSerializer.Serialize(numbers);
    }

    public void WriteFile(string path) => File.WriteAllText(path, JsonSerializer.Serialize(new
    {
        Benchmark = benchmark.Name,
        benchmark.Summary,
        Date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Machine = machine,
        result.Versions,
        Figures = result.Figures.ToDictionary(figure => figure.Name, figure => new { Value = Rounded(figure.Value), figure.Unit }),
        Targets = result.Targets.Select(target => new { target.Figure, target.AtLeast, target.AtMost, Met = result.IsMet(target) }),
        AllTargetsMet = AllMet,
        result.Notes,
    }, Indented) + "\n");

    // Five digits say all that a measurement can.
    private static double Rounded(double value) => double.Parse(value.ToString("G5", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Number(double value) => Rounded(value).ToString("0.########", CultureInfo.InvariantCulture);
}

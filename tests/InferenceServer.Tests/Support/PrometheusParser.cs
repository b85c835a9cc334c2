using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace InferenceBridge.Server.Tests.Support;

/// <summary>A value that Prometheus would store.</summary>
internal sealed record PrometheusSample(string Name, IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>
/// Reads the text format 0.0.4, strictly, and written from its description alone. A sample without a TYPE before it, a
/// repeated one, or a histogram that does not add up fails the test.
/// </summary>
internal sealed partial class PrometheusParser
{
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);
    private readonly List<PrometheusSample> _samples = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Types => _types;

    public IReadOnlyList<PrometheusSample> Samples => _samples;

    public static PrometheusParser Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var parser = new PrometheusParser();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            parser.Add(line);
        }

        parser.CheckHistograms();
        return parser;
    }

    /// <summary>Sum of the samples with this name and at least these labels; 0 where there is none.</summary>
    public double Value(string name, params (string Label, string Value)[] labels) => _samples
        .Where(sample => sample.Name == name && labels.All(label => sample.Labels.GetValueOrDefault(label.Label) == label.Value))
        .Sum(sample => sample.Value);

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{(?<labels>.*)\})? (?<value>\S+)$""")]
    private static partial Regex SampleLine();

    [GeneratedRegex("""\G(?<name>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>(\\\\|\\"|\\n|[^"\\\n])*)"(,|$)""")]
    private static partial Regex Label();

    private static string Unescape(string text)
    {
        var plain = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            plain.Append(text[i] != '\\' ? text[i] : text[++i] == 'n' ? '\n' : text[i]);
        }

        return plain.ToString();
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    private void Add(string line)
    {
        if (line.StartsWith('#'))
        {
            var words = line.Split(' ', 4);
            Assert.Contains(words[1], new[] { "HELP", "TYPE" });
            Assert.True(words[1] == "HELP" || _types.TryAdd(words[2], words[3]), line);
            return;
        }

        Assert.True(_seen.Add(line[..line.LastIndexOf(' ')]), $"Twice: {line}");
        var match = SampleLine().Match(line);
        Assert.True(match.Success, line);
        var name = match.Groups["name"].Value;
        Assert.True(_types.ContainsKey(name) || _types.GetValueOrDefault(Regex.Replace(name, "_(bucket|sum|count)$", "")) == "histogram", line);
        var (text, labels, end) = (match.Groups["labels"].Value, new Dictionary<string, string>(StringComparer.Ordinal), 0);
        foreach (Match label in Label().Matches(text))
        {
            labels.Add(label.Groups["name"].Value, Unescape(label.Groups["value"].Value));
            end = label.Index + label.Length;
        }

        Assert.True(end == text.Length, line);
        _samples.Add(new PrometheusSample(name, labels, Number(match.Groups["value"].Value)));
    }

    private void CheckHistograms()
    {
        foreach (var family in _types.Where(type => type.Value == "histogram").Select(type => type.Key))
        {
            foreach (var count in _samples.Where(sample => sample.Name == $"{family}_count"))
            {
                var buckets = _samples.Where(sample => sample.Name == $"{family}_bucket"
                    && count.Labels.All(label => sample.Labels.GetValueOrDefault(label.Key) == label.Value)).ToArray();
                Assert.Equal(buckets.OrderBy(bucket => Number(bucket.Labels["le"])), buckets);
                Assert.Equal(buckets.Select(bucket => bucket.Value).Order(), buckets.Select(bucket => bucket.Value));
                Assert.Equal(("+Inf", count.Value), (buckets[^1].Labels["le"], buckets[^1].Value));
            }
        }
    }
}

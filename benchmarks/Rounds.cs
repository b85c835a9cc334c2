using System.Globalization;

namespace InferenceBridge.Benchmarks;

/// <summary>Runs ours and theirs in turns, so that a machine that slows down slows both.</summary>
internal static class Rounds
{
    /// <summary>Medians of what both measure, and of the ratios round by round.</summary>
    /// <param name="count">Rounds after one for warming up.</param>
    /// <param name="ours">A measurement of ours.</param>
    /// <param name="theirs">A measurement of the peer.</param>
    /// <param name="log">Where each round is told.</param>
    public static async Task<(double Ours, double Theirs, double OursOverTheirs)> MeasureAsync(
        int count, Func<Task<double>> ours, Func<Task<double>> theirs, TextWriter log)
    {
        var (our, their) = (new List<double>(), new List<double>());
        for (var round = 0; round <= count; round++)
        {
            var (a, b) = (await ours(), await theirs());
            await log.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"round {round}: ours {a:0.####}, theirs {b:0.####}{(round == 0 ? " (warm-up)" : "")}"));
            if (round > 0)
            {
                our.Add(a);
                their.Add(b);
            }
        }

        return (Median(our), Median(their), Median([.. our.Zip(their, (a, b) => a / b)]));
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}

using InferenceBridge.Client;
using InferenceBridge.Models;

namespace InferenceBridge.Benchmarks.Autofocus;

/// <summary>Searches under several objectives and conditions (<see cref="FocusSearchSet"/>), with tolerance and steps left to the operation.</summary>
internal sealed class FocusOpticsTable(InferenceBridgeClient client, string data, int runs)
{
    // Two layers are both in focus somewhere: a search that ends at either has done what can be asked.
    private static double Error(FocusCondition condition, FocusOptics optics, double defocus) => condition.IsThick
        ? Math.Min(Math.Abs(defocus), Math.Abs(defocus - FocusSearchSet.LayerDistance(optics)))
        : Math.Abs(defocus);

    /// <summary>Measures one operation.</summary>
    /// <param name="name">Beginning of the figures' names.</param>
    /// <param name="operation">Id of the operation.</param>
    /// <param name="log">Told of every objective.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<Figure>> MeasureAsync(string name, string operation, Action<string> log, CancellationToken cancellation)
    {
        var known = (await client.DescribeOperationAsync(operation, cancellation)).Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        var figures = new List<Figure>();
        for (var number = 0; number < FocusSearchSet.Objectives.Count; number++)
        {
            var (objective, optics) = FocusSearchSet.Objectives[number];
            var flat = FocusSearchSet.Open(data, optics, isForJudging: true, isThick: false);
            var thick = FocusSearchSet.Open(data, optics, isForJudging: true, isThick: true);
            var all = new FocusRuns($"{name}_{objective}");
            for (var run = 0; run < runs; run++)
            {
                var condition = FocusSearchSet.Conditions[run % FocusSearchSet.Conditions.Count];
                var microscope = FocusSearchSet.Microscope(condition.IsThick ? thick : flat, number, run, isForJudging: true);
                var device = new SimulatedMicroscope(microscope);
                var result = await client.FocusAsync(device, device, Request(operation, known, optics, condition), cancellation: cancellation);
                var error = Error(condition, optics, microscope.Defocus);
                all.Add(error, result.Frames, microscope.Stage.Refused, result.Outcome == FocusOutcome.Focused);
                if (result.Outcome == FocusOutcome.Focused && error > optics.DepthOfField / 2)
                {
                    log(FormattableString.Invariant($"  run {run}, {condition.Name}: focused, it says after {result.Frames} frames, and is {error:0.00} µm off"));
                }
            }

            foreach (var sample in flat.Concat(thick))
            {
                sample.Dispose();
            }

            Figure[] measured = [.. all.Figures(optics.DepthOfField)];
            log($"{name}, {objective}: {measured[0].Value:P0} in focus, {measured[1].Value} frames in the median");
            figures.AddRange(measured.Where(figure => FocusRuns.IsShort(figure.Name)));
        }

        return figures;
    }

    private static FocusRequest Request(string operation, HashSet<string> known, FocusOptics optics, FocusCondition condition)
    {
        var parameters = new Dictionary<string, ParameterValue>
        {
            ["na"] = optics.NumericalAperture, ["wavelength"] = optics.WavelengthNm, ["index"] = optics.ImmersionIndex, ["spherical"] = optics.SphericalWaves,
        };
        return new FocusRequest(operation)
        {
            MinimumZMicrometres = -FocusSearchSet.Travel, MaximumZMicrometres = FocusSearchSet.Travel, BacklashMicrometres = condition.Backlash,
            Parameters = parameters.Where(parameter => known.Contains(parameter.Key)).ToDictionary(),
        };
    }
}

namespace InferenceBridge.Models.Tests;

/// <summary>Searches by the score alone that know how much of it is noise.</summary>
public class ScoreSearchNoiseTests
{
    private const int Runs = 200;
    private const double Deviation = 0.01;

    private static readonly FocusSearchOptions Options = new() { Minimum = -20, Maximum = 20, Tolerance = 0.4, SearchStep = 1.6 };

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    public void Advance_ClearPeak_NeedsNoSevenPlaces(double backlash)
    {
        var (knowing, asBefore) = (RunAll(Peak, Deviation, 3, backlash), RunAll(Peak, double.NaN, 3, backlash));

        Assert.True(Share(knowing) >= 0.98, $"{Share(knowing):P1} in focus");
        Assert.InRange(Median(knowing), 4, 7);
        Assert.True(Median(knowing) < Median(asBefore), $"{Median(knowing)} and {Median(asBefore)} frames");
    }

    [Fact]
    public void Advance_PeakAnywhere_IsFoundInSweeps()
    {
        var runs = RunAll(Peak, Deviation, 10, 1);

        Assert.True(Share(runs) >= 0.97, $"{Share(runs):P1} in focus");
        Assert.All(runs, stage => Assert.InRange(stage.Places.Max(Math.Abs), 0, 20));
    }

    [Fact]
    public void Advance_NothingButNoise_IsHardlyEverFocused()
    {
        var runs = RunAll((noise, _) => Deviation * noise.Normal(), Deviation, 10, 0);

        Assert.InRange(runs.Count(stage => stage.Last.State == FocusState.Focused), 0, Runs / 50);
        Assert.All(runs, stage => Assert.InRange(stage.Last.FramesUsed, 10, Options.MaximumFrames));
    }

    [Fact]
    public void Advance_ReadingsThatLeadElsewhereEachTime_DoNotKeepItAtOnePlace()
    {
        // Where nothing is sharp: half a micrometre off by the first frames, 1.5 by the next; it once asked for the same place until the frames were used up.
        for (var seed = 0; seed < 50; seed++)
        {
            var (noise, frame) = (new Noise(seed), 0);
            var stage = new SimulatedStage(0, 1)
            {
                Focus = 1, ScoreNoise = Deviation, Score = _ => Deviation * noise.Normal(),
                Estimate = _ => SimulatedStage.Open((++frame < 3 ? 0.9 : 1.5) + (0.1 * noise.Normal()), 0.4),
            };

            stage.Run(new AutofocusSearch(Options with { ConfirmsByScore = true, Tolerance = 0.24, SearchStep = 0.97, Backlash = 1 }));

            Assert.True(stage.Places.GroupBy(place => Math.Round(place, 2)).Max(group => group.Count()) <= 6, $"run {seed}: {string.Join(' ', stage.Places)}");
        }
    }

    private static double Peak(Noise noise, double defocus) => (1 / (1 + Math.Pow(defocus / 0.8, 4))) + (0.1 / (1 + (defocus * defocus))) + (Deviation * noise.Normal());

    private static List<SimulatedStage> RunAll(Func<Noise, double, double> score, double told, double within, double backlash)
    {
        List<SimulatedStage> runs = [];
        for (var seed = 0; seed < Runs; seed++)
        {
            var noise = new Noise(seed);
            var stage = new SimulatedStage(0, backlash) { Focus = noise.Uniform(-within, within), ScoreNoise = told, Score = defocus => score(noise, defocus) };
            stage.Run(new AutofocusSearch(Options with { Backlash = backlash }));
            runs.Add(stage);
        }

        return runs;
    }

    private static double Share(List<SimulatedStage> runs) =>
        runs.Count(stage => stage.Last.State == FocusState.Focused && Math.Abs(stage.Defocus) <= 0.4) / (double)runs.Count;

    private static int Median(List<SimulatedStage> runs) => runs.Select(stage => stage.Last.FramesUsed).Order().ElementAt(runs.Count / 2);
}

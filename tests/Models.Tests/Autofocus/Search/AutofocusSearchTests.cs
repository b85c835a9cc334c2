namespace InferenceBridge.Models.Tests;

public class AutofocusSearchTests
{
    private const int Runs = 300;

    private static readonly FocusSearchOptions Options = new() { Minimum = -15, Maximum = 15 };

    [Theory]
    [InlineData(false, 0, 3)]
    [InlineData(false, 1.5, 3)]
    [InlineData(true, 0, 4)]
    [InlineData(true, 1.5, 4)]
    public void Advance_ReadingsWithASign_EndsInFocusWithinAFewFrames(bool confirmsByScore, double backlash, int medianFrames)
    {
        var runs = RunAll(Options with { ConfirmsByScore = confirmsByScore, Backlash = backlash }, backlash,
            (noise, defocus) => SimulatedStage.Signed(defocus + ((0.15 + (0.05 * Math.Abs(defocus))) * noise.Normal()), 0.15 + (0.05 * Math.Abs(defocus))));

        Assert.True(Share(runs, 0.5) >= 0.98, $"{Share(runs, 0.5):P1} in focus");
        Assert.InRange(MedianFrames(runs), 2, medianFrames);
    }

    [Fact]
    public void Advance_ReadingsThatAreUnsureNearFocus_AreConfirmedByTheScore()
    {
        // Images that are not quite sharp anywhere look about 0.8 µm out of focus at best, on either side.
        var runs = RunAll(Options with { ConfirmsByScore = true, Tolerance = 0.41 }, 0, (noise, defocus) => Math.Abs(defocus) < 1.2
            ? SimulatedStage.Signed((0.8 + (0.3 * noise.Normal())) * (noise.Uniform(0, 1) < 0.5 ? 1 : -1), 0.8)
            : SimulatedStage.Signed((0.93 * defocus) + (0.2 * noise.Normal()), 0.35));

        Assert.True(Share(runs, 0.41) >= 0.98, $"{Share(runs, 0.41):P1} in focus");
        Assert.InRange(MedianFrames(runs), 3, 4);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1.5, 5)]
    public void Advance_OpenSign_EndsInFocus(double backlash, int medianFrames)
    {
        var runs = RunAll(Options with { ConfirmsByScore = true, Backlash = backlash }, backlash,
            (noise, defocus) => SimulatedStage.Open(Math.Abs(Math.Abs(defocus) + ((0.15 + (0.05 * Math.Abs(defocus))) * noise.Normal())), 0.15 + (0.05 * Math.Abs(defocus))));

        Assert.True(Share(runs, 0.5) >= 0.98, $"{Share(runs, 0.5):P1} in focus");
        Assert.InRange(MedianFrames(runs), 2, medianFrames);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Advance_ScoreAlone_EndsInFocus(double backlash)
    {
        var runs = RunAll(Options with { Backlash = backlash }, backlash, (_, _) => null);

        Assert.True(Share(runs, 0.5) >= 0.98, $"{Share(runs, 0.5):P1} in focus");
        Assert.InRange(MedianFrames(runs), 4, 9);
    }

    [Fact]
    public void Advance_ScoreThatIsNoiseFarFromFocus_IsScannedForThePeak()
    {
        // As Vollath's F4: around 0 where nothing is sharp.
        var runs = RunAll(Options, 0, (_, _) => null, (noise, defocus) => Math.Exp(-defocus * defocus / 4) + (0.01 * noise.Normal()));

        Assert.True(Share(runs, 0.5) >= 0.97, $"{Share(runs, 0.5):P1} in focus");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Advance_NothingButNoise_IsNotFollowed(double mean)
    {
        var runs = RunAll(Options, 0, (_, _) => null, (noise, _) => mean + (0.3 * noise.Normal()));

        Assert.InRange(runs.Count(stage => stage.Last.State == FocusState.Focused), 0, Runs / 8);
    }

    [Fact]
    public void Advance_ScoreBelowZeroFarFromFocus_EndsInFocus()
    {
        // As Vollath's F4 of W2S: a ring of negative correlation.
        var runs = RunAll(Options, 0, (_, _) => null,
            (noise, defocus) => Math.Exp(-defocus * defocus / 4) - (0.35 * Math.Exp(-defocus * defocus / 200)) + (0.01 * noise.Normal()));

        Assert.True(Share(runs, 0.5) >= 0.92, $"{Share(runs, 0.5):P1} in focus");
    }

    [Fact]
    public void Advance_EveryThirdReadingIsNonsense_StillEndsInFocus()
    {
        var runs = RunAll(Options with { ConfirmsByScore = true }, 0, (noise, defocus) => noise.Uniform(0, 1) < 0.33
            ? SimulatedStage.Signed(noise.Uniform(-10, 10), 0.5)
            : SimulatedStage.Signed(defocus + (0.3 * noise.Normal()), 0.3));

        Assert.True(Share(runs, 0.5) >= 0.97, $"{Share(runs, 0.5):P1} in focus");
    }

    [Fact]
    public void Advance_OpenSignAndTheWrongSideFirst_TurnsBack()
    {
        var stage = new SimulatedStage(0) { Focus = 4, Estimate = defocus => SimulatedStage.Open(Math.Abs(defocus)) };
        var search = new AutofocusSearch(Options);

        var outcome = stage.Run(search);

        Assert.Equal([0, -4, 4], stage.Places.Select(place => Math.Round(place, 3)).Take(3));
        Assert.Equal((FocusState.Focused, 3), (outcome.State, outcome.FramesUsed));
        Assert.Equal(4, outcome.BestZMicrometres!.Value, 0.05);
    }

    [Theory]
    [InlineData(-12)]
    [InlineData(12)]
    public void Advance_OutOfRange_GoesTheWayThatItLeans(double start)
    {
        var stage = new SimulatedStage(start) { Estimate = defocus => SimulatedStage.Signed(Math.Clamp(defocus, -10.3, 10.3)) };

        var outcome = stage.Run(new AutofocusSearch(Options with { ConfirmsByScore = true }));

        Assert.Equal(FocusState.Focused, outcome.State);
        Assert.InRange(outcome.FramesUsed, 3, 5);
        Assert.Equal(0, stage.Z, 0.3);
    }

    [Fact]
    public void Advance_LowConfidence_IsNotFollowed()
    {
        var stage = new SimulatedStage(0) { Focus = 3, Estimate = _ => SimulatedStage.Signed(8, confidence: 0.1) };

        var outcome = stage.Run(new AutofocusSearch(Options));

        Assert.Equal(FocusState.Focused, outcome.State);
        Assert.Equal(3, stage.Z, 0.3);
    }

    [Fact]
    public void Advance_NetworkThatIsSureAndWrong_IsOverruledByTheScore()
    {
        // It says "in focus" 6 µm away from it, wherever it is asked first.
        var stage = new SimulatedStage(0) { Focus = 5, Estimate = defocus => SimulatedStage.Signed(defocus + 6 is var wrong && Math.Abs(wrong) < 3 ? wrong : 0.1) };

        var outcome = stage.Run(new AutofocusSearch(Options with { ConfirmsByScore = true }));

        Assert.True(outcome.State != FocusState.Focused || Math.Abs(stage.Defocus) < 6, "It stays where the network says.");
        Assert.InRange(outcome.FramesUsed, 2, Options.MaximumFrames);
    }

    [Fact]
    public void Advance_TwoMaxima_EndsAtOneOfThem()
    {
        // 0.9 as high, 8 µm below.
        var stage = new SimulatedStage(-6) { Focus = 2, Score = defocus => SimulatedStage.Peak(1.5)(defocus) + (0.9 * SimulatedStage.Peak(1.5)(defocus + 8)) };

        var outcome = stage.Run(new AutofocusSearch(Options));

        Assert.Equal(FocusState.Focused, outcome.State);
        Assert.Contains(new[] { 2.0, -6.0 }, maximum => Math.Abs(maximum - stage.Z) < 0.3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Advance_FlatScore_IsNotFound(bool isEmpty)
    {
        var search = new AutofocusSearch(Options);
        FocusAdvice advice;
        var (z, frames) = (0.0, 0);
        do
        {
            advice = search.Advance(new FocusObservation(z, isEmpty ? 0 : 50, null, isEmpty));
            z = advice.TargetMicrometres;
        }
        while (advice.State == FocusState.Searching && ++frames < 100);

        Assert.Equal(FocusState.NotFound, advice.State);
        Assert.InRange(advice.FramesUsed, 3, Options.MaximumFrames);
        Assert.Equal("not found", Details(search)["outcome"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Advance_FocusBeyondTheLimit_EndsThereAndSaysWhichLimit(bool hasReadings)
    {
        var stage = new SimulatedStage(10) { Focus = 18, Estimate = defocus => hasReadings ? SimulatedStage.Signed(defocus) : null, Score = SimulatedStage.Peak(4) };
        var search = new AutofocusSearch(Options);

        var outcome = stage.Run(search);

        Assert.Equal(FocusState.AtTheLimit, outcome.State);
        Assert.Equal(15, stage.Z, 0.26);
        Assert.True(stage.Places.Max() <= 15);
        Assert.Contains("z = 15 µm", search.Warning, StringComparison.Ordinal);
        Assert.Contains("limit of travel maximum_z_um ended", search.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Advance_FocusBelowTheRange_SaysThatTheRangeEndedIt()
    {
        var stage = new SimulatedStage(10) { Focus = 2, Estimate = defocus => SimulatedStage.Signed(defocus), Score = SimulatedStage.Peak(4) };
        var search = new AutofocusSearch(Options with { Range = 5 });

        Assert.Equal(FocusState.AtTheLimit, stage.Run(search).State);
        Assert.Contains("z = 5 µm", search.Warning, StringComparison.Ordinal);
        Assert.Contains("range_um = 5 ended", search.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Advance_MaximumOfFrames_GivesUp()
    {
        var noise = new Noise(3);
        var stage = new SimulatedStage(0) { Focus = 1, Score = _ => 100 + (30 * noise.Normal()), Estimate = _ => SimulatedStage.Signed(noise.Uniform(-9, 9)) };

        var outcome = stage.Run(new AutofocusSearch(Options with { MaximumFrames = 5, ConfirmsByScore = true }));

        Assert.InRange(outcome.FramesUsed, 2, 5);
    }

    [Fact]
    public void Describe_FoundFocus_TellsTheCurve()
    {
        var stage = new SimulatedStage(0) { Focus = 3, Estimate = defocus => SimulatedStage.Signed(defocus) };
        var search = new AutofocusSearch(Options);
        stage.Run(search);

        var details = Details(search);

        Assert.Equal("focused", details["outcome"]);
        Assert.Equal("3", details["best_z_um"]);
        Assert.Equal("[[0, 50.76923], [3, 120]]", details["score_curve"]);
    }

    private static Dictionary<string, string> Details(AutofocusSearch search)
    {
        var details = new Dictionary<string, string>();
        search.Describe(details);
        return details;
    }

    private static List<SimulatedStage> RunAll(FocusSearchOptions options, double backlash, Func<Noise, double, DefocusEstimate?> estimate,
        Func<Noise, double, double>? score = null)
    {
        List<SimulatedStage> runs = [];
        for (var seed = 0; seed < Runs; seed++)
        {
            var noise = new Noise(seed);
            var stage = new SimulatedStage(0, backlash)
            {
                Focus = noise.Uniform(-10, 10),
                Score = defocus => score?.Invoke(noise, defocus) ?? (SimulatedStage.Peak(2)(defocus) * (1 + (0.01 * noise.Normal()))),
                Estimate = defocus => estimate(noise, defocus),
            };
            stage.Run(new AutofocusSearch(options));
            runs.Add(stage);
        }

        return runs;
    }

    // The play shifts all places by a constant, which is up to half of it: what counts is where the stage really is.
    private static double Share(List<SimulatedStage> runs, double within) =>
        runs.Count(stage => stage.Last.State == FocusState.Focused && Math.Abs(stage.Defocus) <= within) / (double)runs.Count;

    private static int MedianFrames(List<SimulatedStage> runs) => runs.Select(stage => stage.Last.FramesUsed).Order().ElementAt(runs.Count / 2);
}

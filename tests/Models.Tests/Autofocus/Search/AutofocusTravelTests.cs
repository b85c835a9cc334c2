namespace InferenceBridge.Models.Tests;

/// <summary>Where a search may send a stage, whatever it is told.</summary>
public class AutofocusTravelTests
{
    [Fact]
    public void Advance_ThousandsOfRandomRuns_NeverLeavesLimitsRangeAndStep()
    {
        for (var seed = 0; seed < 4000; seed++)
        {
            var noise = new Noise(seed);
            var options = RandomOptions(noise);
            var start = noise.Uniform(options.Minimum, options.Maximum);
            var window = (Low: Math.Max(options.Minimum, start - options.Range), High: Math.Min(options.Maximum, start + options.Range));
            var search = new AutofocusSearch(options);
            var (z, kind) = (start, seed % 4);
            var focus = noise.Uniform(options.Minimum - 5, options.Maximum + 5);
            for (var frame = 0; frame < options.MaximumFrames + 2; frame++)
            {
                var advice = search.Advance(new FocusObservation(z, Score(noise, kind, z - focus), Estimate(noise, kind, z - focus), noise.Uniform(0, 1) < 0.1));
                foreach (var place in new[] { advice.ApproachMicrometres, advice.TargetMicrometres }.OfType<double>())
                {
                    Assert.True(place >= window.Low && place <= window.High, $"Seed {seed}: sent to {place}, window {window}.");
                    Assert.True(Math.Abs(place - z) <= options.LargestStep + 1e-9, $"Seed {seed}: from {z} to {place}, largest step {options.LargestStep}.");
                    z = place;
                }

                Assert.True(double.IsFinite(advice.MoveMicrometres));
                Assert.True(advice.State != FocusState.Searching || frame < options.MaximumFrames, $"Seed {seed}: goes on after {frame} frames.");
                Assert.NotEqual(FocusState.StageFault, advice.State);
            }
        }
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(-1.5)]
    public void Advance_Backlash_ArrivesFromOneSideOnly(double backlash)
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var noise = new Noise(seed);
            var stage = new SimulatedStage(0, Math.Abs(backlash)) { Focus = noise.Uniform(-8, 8), Score = defocus => SimulatedStage.Peak(2)(defocus) * (1 + (0.01 * noise.Normal())) };
            stage.Run(new AutofocusSearch(new FocusSearchOptions { Minimum = -100, Maximum = 100, Backlash = backlash }));

            var (from, way) = (0.0, Math.Sign(backlash));
            foreach (var advice in stage.Advices.Where(each => each.MoveMicrometres != 0 || each.ApproachMicrometres is not null))
            {
                var last = advice.ApproachMicrometres ?? from;
                Assert.True((advice.TargetMicrometres - last) * way > 0, $"Seed {seed}: from {last} to {advice.TargetMicrometres}.");
                Assert.True(advice.ApproachMicrometres is not { } approach || Math.Abs(advice.TargetMicrometres - approach - backlash) < 1e-9);
                from = advice.TargetMicrometres;
            }
        }
    }

    [Fact]
    public void Advance_StageThatDoesNotMove_IsReportedAndLeftAlone()
    {
        var search = new AutofocusSearch(new FocusSearchOptions());
        search.Advance(new FocusObservation(5, 10, SimulatedStage.Signed(4), false));

        var fault = search.Advance(new FocusObservation(5, 10, SimulatedStage.Signed(4), false));
        var after = search.Advance(new FocusObservation(5, 10, SimulatedStage.Signed(4), false));

        Assert.Equal((FocusState.StageFault, 0.0), (fault.State, fault.MoveMicrometres));
        Assert.Equal((FocusState.StageFault, 0.0), (after.State, after.MoveMicrometres));
        Assert.Contains("sent to 1 µm and reports 5 µm", search.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Advance_SmallMoveThatIsNotMade_IsReported()
    {
        // Within the stage's tolerance, yet it has not moved at all.
        var search = new AutofocusSearch(new FocusSearchOptions { StageTolerance = 1 });
        search.Advance(new FocusObservation(5, 10, SimulatedStage.Signed(0.8), false));

        Assert.Equal(FocusState.StageFault, search.Advance(new FocusObservation(5, 10, SimulatedStage.Signed(0.8), false)).State);
        Assert.Contains("does not move", search.Warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 10, 12, "maximum_z_um")]
    [InlineData(0, 10, -0.5, "minimum_z_um")]
    public void Advance_LimitsWithoutTheStart_NamesZAndLimits(double minimum, double maximum, double start, string parameter)
    {
        var search = new AutofocusSearch(new FocusSearchOptions { Minimum = minimum, Maximum = maximum });

        var error = Assert.Throws<InferenceException>(() => search.Advance(new FocusObservation(start, 10, null, false)));

        Assert.Equal((InferenceError.ParameterOutOfRange, $"parameters.{parameter}"), (error.Error, error.Field));
        Assert.Contains(FormattableString.Invariant($"z = {start} µm, and the limits of travel are {minimum} to {maximum} µm"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_LimitsTheWrongWayRoundOrPlayAboveTheStep_IsRefused()
    {
        Assert.Equal("parameters.minimum_z_um", Assert.Throws<InferenceException>(new FocusSearchOptions { Minimum = 3, Maximum = 3 }.Validate).Field);
        Assert.Equal("parameters.backlash_um", Assert.Throws<InferenceException>(new FocusSearchOptions { Backlash = -2, LargestStep = 2 }.Validate).Field);
    }

    private static FocusSearchOptions RandomOptions(Noise noise)
    {
        var minimum = noise.Uniform(-50, 50);
        var step = noise.Uniform(0.5, 20);
        return new FocusSearchOptions
        {
            Minimum = minimum,
            Maximum = minimum + noise.Uniform(0.1, 60),
            Range = noise.Uniform(0.5, 40),
            LargestStep = step,
            Backlash = noise.Uniform(-0.9, 0.9) * step,
            Tolerance = noise.Uniform(0.05, 2),
            StageTolerance = 1e-6,
            MaximumFrames = (int)noise.Uniform(3, 60),
            SearchStep = noise.Uniform(0.1, 10),
            ConfirmsByScore = noise.Uniform(0, 1) < 0.5,
        };
    }

    private static double Score(Noise noise, int kind, double defocus) => kind switch
    {
        0 => noise.Uniform(0, 100),
        1 => 7,
        2 => SimulatedStage.Peak(2)(defocus),
        _ => SimulatedStage.Peak(1)(defocus) * (1 + (0.1 * noise.Normal())),
    };

    private static DefocusEstimate? Estimate(Noise noise, int kind, double defocus) => kind switch
    {
        0 => noise.Uniform(0, 1) < 0.5 ? SimulatedStage.Signed(noise.Uniform(-30, 30)) : SimulatedStage.Open(noise.Uniform(0, 30)),
        2 => SimulatedStage.Signed(defocus + noise.Normal()),
        3 => SimulatedStage.Open(Math.Abs(defocus + noise.Normal())),
        _ => null,
    };
}

namespace InferenceBridge.Models.Tests;

public class AutofocusHoldTests
{
    private static readonly FocusSearchOptions Options = new() { Minimum = -60, Maximum = 60, Holds = true };

    [Fact]
    public void Advance_NoDriftAndNoise_DoesNotHunt()
    {
        var (stage, search, _) = Holding(seed: 1, deviation: 0.3);
        var moves = 0;
        for (var frame = 0; frame < 1000; frame++)
        {
            moves += stage.Step(search).MoveMicrometres != 0 ? 1 : 0;
            Assert.Equal(FocusState.Holding, stage.Last.State);
        }

        Assert.InRange(moves, 0, 20);
        Assert.InRange(Math.Abs(stage.Defocus), 0, 0.75);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Advance_Drift_IsFollowed(bool isSigned)
    {
        var (stage, search, _) = Holding(seed: 2, deviation: 0.15, isSigned);
        var outside = 0;
        for (var frame = 0; frame < 600; frame++)
        {
            stage.Focus += 0.05;
            stage.Step(search);
            outside += Math.Abs(stage.Defocus) > 1 ? 1 : 0;
        }

        Assert.InRange(outside, 0, isSigned ? 0 : 120);
        Assert.Equal(stage.Focus, stage.Actual, 2.0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Advance_Jump_IsSearchedAndHeldAgain(bool hasReadings)
    {
        var (stage, search, _) = Holding(seed: 3, deviation: hasReadings ? 0.15 : null);
        stage.Focus += 5;
        for (var frame = 0; frame < 60; frame++)
        {
            stage.Step(search);
        }

        Assert.Equal(FocusState.Holding, stage.Last.State);
        Assert.InRange(Math.Abs(stage.Defocus), 0, 0.75);
    }

    [Fact]
    public void Advance_ScoreAlone_StaysInFocusAgainstDrift()
    {
        var (stage, search, _) = Holding(seed: 4, deviation: null);
        for (var frame = 0; frame < 400; frame++)
        {
            stage.Focus += 0.01;
            stage.Step(search);
        }

        Assert.InRange(Math.Abs(stage.Defocus), 0, 2);
        Assert.Contains(FocusState.Holding, stage.Advices.TakeLast(30).Select(advice => advice.State));
    }

    [Fact]
    public void Advance_DriftBeyondTheLimit_StopsThere()
    {
        var (stage, search, _) = Holding(seed: 5, deviation: 0.15);
        for (var frame = 0; frame < 800; frame++)
        {
            stage.Focus += 0.2;
            stage.Step(search);
        }

        Assert.True(stage.Places.Max() <= Options.Maximum);
        Assert.NotEqual(FocusState.Holding, stage.Last.State);
    }

    private static (SimulatedStage Stage, AutofocusSearch Search, Noise Noise) Holding(int seed, double? deviation, bool isSigned = true)
    {
        var noise = new Noise(seed);
        var stage = new SimulatedStage(0)
        {
            Focus = 3,
            Score = defocus => SimulatedStage.Peak(2)(defocus) * (1 + (0.01 * noise.Normal())),
            Estimate = defocus => deviation is not { } sd ? null
                : isSigned ? SimulatedStage.Signed(defocus + (sd * noise.Normal()), sd)
                : SimulatedStage.Open(Math.Abs(defocus + (sd * noise.Normal())), sd),
        };
        var search = new AutofocusSearch(Options);
        stage.Run(search);
        Assert.Equal(FocusState.Holding, stage.Last.State);
        return (stage, search, noise);
    }
}

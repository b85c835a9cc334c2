using InferenceBridge.Models.Networks;

namespace InferenceBridge.Models.Tests;

public sealed class DefocusPosteriorTests
{
    [Theory]
    [InlineData(-7.5)]
    [InlineData(0)]
    [InlineData(3)]
    public void Of_OneClass_IsThatDefocus(double defocus)
    {
        var estimate = DefocusPosterior.Of(Around((defocus, 1)));
        Assert.Equal(defocus, estimate.DefocusMicrometres, 1e-6);
        Assert.Equal(Math.Abs(defocus), estimate.Distance, 1e-6);
        Assert.True(estimate.SignKnown);
        Assert.False(estimate.OutOfRange);
        Assert.Equal(1, estimate.Confidence, 1e-6);
        Assert.InRange(estimate.StandardDeviation, 0.01, 0.5);
    }

    [Fact]
    public void Of_BothSidesAlike_LeavesTheSignOpenAndTellsTheDistance()
    {
        var estimate = DefocusPosterior.Of(Around((-4, 0.5), (4, 0.5)));
        Assert.False(estimate.SignKnown);
        Assert.Equal(4, estimate.Distance, 1e-6);
        Assert.InRange(estimate.Confidence, 0.95, 1.0);
        Assert.Equal(8, DefocusPosterior.DistanceClass(estimate.Probabilities));
        Assert.Equal(0.5, estimate.ProbabilityAbove, 1e-6);
    }

    [Fact]
    public void ProbabilityAbove_IsOfTheSideAndNotOfTheLikeliestClass()
    {
        var estimate = DefocusPosterior.Of(Around((-4, 0.3), (0, 0.2), (4, 0.25), (4.5, 0.25)));
        Assert.False(estimate.SignKnown);
        Assert.Equal(0.5 / 0.8, estimate.ProbabilityAbove, 1e-6);
        Assert.Equal(0.5, DefocusPosterior.Of(Around((0, 1))).ProbabilityAbove);
        Assert.Equal(0.5, DefocusPosterior.Empty.ProbabilityAbove);
        Assert.Equal(0, DefocusPosterior.Of(Around((-10, 1))).ProbabilityAbove);
    }

    [Fact]
    public void Of_OtherSideUnlikely_IsNotDrawnTowardsFocus()
    {
        var estimate = DefocusPosterior.Of(Around((-6, 0.9), (6, 0.1)));
        Assert.True(estimate.SignKnown);
        Assert.Equal(-6, estimate.DefocusMicrometres, 1e-6);
        Assert.Equal(0.9, estimate.Confidence, 1e-6);
    }

    [Fact]
    public void Of_TwoPeaksOnASide_IsTheLikelierOne()
    {
        var estimate = DefocusPosterior.Of(Around((3, 0.7), (9, 0.3)));
        Assert.Equal(2.75 + (0.5 * 0.5 / 0.7), estimate.DefocusMicrometres, 1e-6);
        Assert.Equal(0.7, estimate.Confidence, 1e-6);

        // The other peak is not hidden: it is in the uncertainty.
        Assert.InRange(estimate.StandardDeviation, 3, 3.5);
    }

    [Fact]
    public void Of_NextToFocus_NeedsNoSign()
    {
        var estimate = DefocusPosterior.Of(Around((-0.5, 0.3), (0, 0.4), (0.5, 0.3)));
        Assert.True(estimate.SignKnown);
        Assert.Equal(0, estimate.DefocusMicrometres, 1e-6);

        // Of 0.4 in focus, up to 0.25 µm, and 0.6 in the next class, up to 0.75 µm: where half of it is reached.
        Assert.Equal(0.25 + (0.5 * 0.1 / 0.6), estimate.Distance, 1e-6);

        // The variance between the classes, and that within one.
        Assert.Equal(Math.Sqrt((0.6 * 0.25) + (0.25 / 12)), estimate.StandardDeviation, 1e-6);
    }

    [Fact]
    public void Of_NextToFocusOnOneSide_IsThere()
    {
        var estimate = DefocusPosterior.Of(Around((-0.5, 0.02), (0, 0.28), (0.5, 0.7)));
        Assert.Equal(0.25 + (0.5 * (0.49 - 0.28) / 0.7), estimate.DefocusMicrometres, 1e-6);
        Assert.Equal(estimate.DefocusMicrometres, estimate.Distance, 1e-6);
    }

    [Fact]
    public void Of_OutermostClasses_IsOutOfRange() => Assert.True(DefocusPosterior.Of(Around((-10, 0.4), (10, 0.4), (9.5, 0.2))).OutOfRange);

    [Fact]
    public void Of_EvenProbabilities_HasNoConfidence()
    {
        var estimate = DefocusPosterior.Of([.. Enumerable.Repeat(1f / 41, 41)]);
        Assert.False(estimate.SignKnown);
        Assert.InRange(estimate.Confidence, 0, 0.3);
        Assert.InRange(estimate.StandardDeviation, 2, 4);
    }

    private static float[] Around(params (double Defocus, double Probability)[] entries)
    {
        var values = new float[DefocusClasses.Count];
        foreach (var (defocus, probability) in entries)
        {
            values[DefocusClasses.Of(defocus)] = (float)probability;
        }

        return values;
    }
}

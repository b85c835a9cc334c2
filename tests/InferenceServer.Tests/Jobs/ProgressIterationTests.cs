using InferenceBridge.Server.Jobs;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Jobs;

public sealed class ProgressIterationTests
{
    [Fact]
    public void Iterated_WithinATile_TellsTheIterationAtMostTenTimesASecond()
    {
        var time = new ManualTime();
        var messages = new List<Proto.Progress>();
        var reporter = new ProgressReporter(time, 8, message => messages.Add(message.Progress));
        reporter.Stage("computing");
        for (var iteration = 1; iteration <= 20; iteration++)
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            reporter.Iterated(iteration, 40, planes: 8);
        }

        Assert.Equal(11, messages.Count);
        Assert.Equal("computing, iteration 20 of 40", messages[^1].Stage);
        Assert.Equal((20, 40), (messages[^1].Iteration, messages[^1].Iterations));
        Assert.Equal(0.5, reporter.Fraction, 1e-12);
    }

    [Fact]
    public void Fraction_TilesThatIterateAndPlanesThatLeave_NeverGoesBack()
    {
        var messages = new List<Proto.Progress>();
        var time = new ManualTime();
        var reporter = new ProgressReporter(time, 8, message => messages.Add(message.Progress));
        for (var slab = 0; slab < 2; slab++)
        {
            for (var tile = 0; tile < 2; tile++)
            {
                reporter.Stage("computing");
                for (var iteration = 1; iteration <= 4; iteration++)
                {
                    time.Advance(TimeSpan.FromSeconds(1));
                    reporter.Iterated(iteration, 4, planes: 2);
                }

                reporter.TileComputed(2);
                reporter.Stage("computing");
            }

            for (var plane = 0; plane < 4; plane++)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                reporter.Computed(1);
            }
        }

        Assert.Equal(messages.Select(message => message.Fraction).Order(), messages.Select(message => message.Fraction));
        Assert.Equal(0.5, messages.Last(message => message.PlanesComputed == 0).Fraction, 1e-12);
        Assert.Equal(1, messages[^1].Fraction, 1e-12);
    }

    [Fact]
    public void Stage_AfterATile_ForgetsItsIterations()
    {
        var messages = new List<Proto.Progress>();
        var reporter = new ProgressReporter(new ManualTime(), 8, message => messages.Add(message.Progress));
        reporter.Iterated(3, 10, planes: 4);

        reporter.Stage("computing");

        Assert.Equal("computing", messages[^1].Stage);
        Assert.Equal((0, 0), (messages[^1].Iteration, messages[^1].Iterations));
        Assert.Equal(0, reporter.Fraction);
    }
}

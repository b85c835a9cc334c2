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

using InferenceBridge.Server.Jobs;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Jobs;

public class ProgressReporterTests
{
    [Fact]
    public void Computed_OftenWithinASecond_IsReportedTenTimes()
    {
        var time = new ManualTime();
        var messages = new List<Proto.Progress>();
        var progress = new ProgressReporter(time, 1000, message => messages.Add(message.Progress));
        for (var i = 0; i < 1000; i++)
        {
            progress.Computed(1);
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(10, messages.Count);
        Assert.Equal(901, messages[^1].PlanesComputed);
        Assert.Equal(1000, messages[^1].PlanesTotal);
    }

    [Fact]
    public void Stage_Changes_IsReportedAtOnce()
    {
        var messages = new List<Proto.Progress>();
        var progress = new ProgressReporter(new ManualTime(), 5, message => messages.Add(message.Progress));
        progress.Stage("uploading");
        progress.Received(3);
        progress.Stage("uploading");
        progress.Stage("computing");
        Assert.Equal([("uploading", 0L), ("computing", 3L)], messages.Select(message => (message.Stage, message.PlanesReceived)));
    }
}

using InferenceBridge.Client;

namespace InferenceBridge.Cli.Tests.Terminal;

public class ProgressDisplayTests
{
    [Fact]
    public void Wait_NoTerminal_WritesALineForEveryPlaceInTheQueue()
    {
        var text = new StringWriter();
        using (var display = new ProgressDisplay(text, isTerminal: false))
        {
            display.Wait(2, null);
            display.Wait(2, TimeSpan.FromSeconds(80));
            display.Wait(1, TimeSpan.FromSeconds(11.2));
        }

        Assert.Equal($"queued, number 2{Environment.NewLine}queued, number 1, about 12 s to wait{Environment.NewLine}", text.ToString());
    }

    [Fact]
    public void Wait_OnATerminal_RedrawsItsLine()
    {
        var text = new StringWriter();
        using var display = new ProgressDisplay(text, isTerminal: true);
        display.Wait(1, TimeSpan.FromSeconds(12));
        display.Wait(1, TimeSpan.FromSeconds(9));
        Assert.Equal("\rqueued, number 1, about 12 s to wait\rqueued, number 1, about 9 s to wait ", text.ToString());
    }

    [Fact]
    public void Report_NoTerminal_WritesALineForEveryTenth()
    {
        var text = new StringWriter();
        using (var display = new ProgressDisplay(text, isTerminal: false))
        {
            for (var i = 0; i <= 100; i++)
            {
                display.Report("computing", i, 100);
            }
        }

        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(11, lines.Length);
        Assert.Equal("  0 %  computing, plane 0/100", lines[0].TrimEnd());
        Assert.Equal("100 %  computing, plane 100/100", lines[^1].TrimEnd());
    }

    [Fact]
    public void Report_UploadDoneAndNothingComputed_StaysAtTheWholeUpload()
    {
        var text = new StringWriter();
        using (var display = RunProgressDisplay.Create(text, quiet: false)!)
        {
            var progress = new RunProgress("uploading") { PlanesToSend = 4, PlanesTotal = 4 };
            display.Report(progress);
            display.Report(progress with { PlanesSent = 4 });
            display.Report(progress with { PlanesSent = 4, Stage = "computing" });
        }

        Assert.Equal(["  0 %  uploading, plane 0/4", "100 %  uploading, plane 4/4", "  0 %  computing, plane 0/4"],
            text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd()));
    }

    [Fact]
    public void Dispose_OnATerminal_LeavesAnEmptyLine()
    {
        var text = new StringWriter();
        var display = new ProgressDisplay(text, isTerminal: true);
        display.Report("computing", 1, 2);
        Assert.Contains("[###############...............]", text.ToString(), StringComparison.Ordinal);
        display.Dispose();
        Assert.EndsWith(" \r", text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', text.ToString());
    }
}

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
    public void Report_IterationsOnOneTile_NeverGoesBack()
    {
        var text = new StringWriter();
        using (var display = RunProgressDisplay.Create(text, quiet: false)!)
        {
            var progress = new RunProgress("computing") { PlanesToSend = 4, PlanesSent = 4, PlanesTotal = 4, Iterations = 50 };
            for (var i = 1; i <= 50; i++)
            {
                display.Report(progress with { Iteration = i, FractionComputed = i / 50.0 });
            }

            for (var plane = 0; plane <= 4; plane++)
            {
                display.Report(progress with { Iterations = 0, PlanesReceived = plane, FractionComputed = plane == 0 ? 0.5 : 1 });
            }
        }

        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd()).ToArray();
        Assert.Equal(Enumerable.Range(0, 11).Select(tenth => $"{tenth * 10,3} %"), lines.Select(line => line[..5]));
        Assert.Equal("  0 %  computing, iteration 1/50", lines[0]);
        Assert.Equal("100 %  computing, plane 4/4", lines[^1]);
    }

    [Fact]
    public void Report_Accepted_SaysThePlanOnce()
    {
        var text = new StringWriter();
        using (var display = RunProgressDisplay.Create(text, quiet: false)!)
        {
            var plan = new RunPlan("cpu", 3, 410L << 20) { TileSize = (64, 256, 256), Halo = (15, 14, 13) };
            var progress = new RunProgress("uploading") { PlanesToSend = 4, PlanesTotal = 4 };
            display.Report(progress);
            display.Report(progress with { Plan = plan });
            display.Report(progress with { Plan = plan with { }, PlanesSent = 4 });
        }

        Assert.Equal(
            ["  0 %  uploading, plane 0/4", "3 blocks of 64×256×256 with a halo of 15×14×13 on cpu; about 410.0 MiB of memory predicted", "100 %  uploading, plane 4/4"],
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

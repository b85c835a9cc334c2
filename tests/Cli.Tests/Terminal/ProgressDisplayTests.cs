namespace InferenceBridge.Cli.Tests.Terminal;

public class ProgressDisplayTests
{
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

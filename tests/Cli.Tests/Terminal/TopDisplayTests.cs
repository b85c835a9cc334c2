using System.Text.Json;
using InferenceBridge.Client;

namespace InferenceBridge.Cli.Tests.Terminal;

public sealed class TopDisplayTests
{
    private const long MiB = 1 << 20;

    private static readonly ServerStatus Status = new("1.2.3", new TimeSpan(1, 3, 2, 1))
    {
        Devices =
        [
            new DeviceStatus("cuda:0", "Some card", 0, 0, 2, false),
            new DeviceStatus("cpu", "Some\e[2J processor", 16 * 1024 * MiB, 3 * 512 * MiB, 0, false),
        ],
        QueueLength = 1,
        MaxConcurrentJobs = 4,
        Totals = new JobTotals(57, 3, 1, 0),
        Jobs =
        [
            new JobStatus("1f2a3b4c5d6e", JobState.Computing)
            {
                Operation = "denoise/nlm", Client = "127.0.0.1", Device = "cuda:0", PlanesComputed = 12, PlanesTotal = 64,
                TilesComputed = 3, TilesTotal = 16, BytesReceived = 8 * MiB, BytesSent = 6 * MiB,
                Elapsed = TimeSpan.FromSeconds(12.7), Left = TimeSpan.FromSeconds(52),
            },
            new JobStatus("00ff00ff00ff", JobState.Queued)
            {
                Operation = "denoise/median", Client = "unix user 1000", Device = "cpu", PlanesTotal = 8, TilesTotal = 1,
                Elapsed = TimeSpan.FromSeconds(2), QueuePosition = 1, Wait = TimeSpan.FromSeconds(61),
            },
        ],
    };

    [Fact]
    public void Show_JobWithoutAPlaceYet_DoesNotCountAsRunning()
    {
        var output = new StringWriter();
        using var display = new TopDisplay(output, TextWriter.Null, "unix:/s", json: false, size: null);
        display.Show(Status with { Jobs = [.. Status.Jobs, new JobStatus("aaaaaaaaaaaa", JobState.Starting)] });
        Assert.Contains("\n1 running of at most 4, 1 queued;", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Show_OfABusyServer_IsATable()
    {
        var output = new StringWriter();
        using var display = new TopDisplay(output, TextWriter.Null, "unix:/s", json: false, size: null);
        display.Show(Status);
        Assert.Equal(
            """
            InferenceBridge 1.2.3 at unix:/s, up 27:02:01
            1 running of at most 4, 1 queued; since the start 57 completed, 3 refused, 1 cancelled, 0 failed
            cuda:0  Some card          memory not known            2 jobs waiting for a turn
            cpu     Some[2J processor  1.5 GiB in use of 16.0 GiB  0 jobs waiting for a turn

            JOB           OPERATION       STATE                     DEVICE  PLANES      TILES  IN       OUT      ELAPSED  LEFT     CLIENT
            1f2a3b4c5d6e  denoise/nlm     computing                 cuda:0  12/64 19 %  3/16   8.0 MiB  6.0 MiB  0:00:12  0:00:52  127.0.0.1
            00ff00ff00ff  denoise/median  queued, place 1, 0:01:01  cpu     0/8 0 %     0/1    0 bytes  0 bytes  0:00:02           unix user 1000

            """.ReplaceLineEndings("\n"), output.ToString());
    }

    [Fact]
    public void Show_OnATerminal_RedrawsInPlaceWithinItsSize()
    {
        var output = new StringWriter();
        using (var display = new TopDisplay(output, TextWriter.Null, "unix:/s", json: false, size: () => (20, 6)))
        {
            display.Show(Status);
            display.Show(Status);
        }

        // Five rows of text and a free one: four lines of the report, cut, and how many are missing.
        const string frame = "\e[HInferenceBridge 1.2.\e[K\n1 running of at most\e[K\ncuda:0  Some card   \e[K\ncpu     Some[2J proc\e[K\n... 4 more lines\e[K\n\e[J";
        Assert.Equal($"\e[?25l\e[2J{frame}{frame}\e[?25h", output.ToString());
    }

    [Fact]
    public void Show_AsJson_IsOneObjectALine()
    {
        var output = new StringWriter();
        using var display = new TopDisplay(output, TextWriter.Null, "unix:/s", json: true, size: null);
        display.Show(Status);
        display.Show(Status);
        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        var job = JsonDocument.Parse(lines[1]).RootElement.GetProperty("jobs")[0];
        Assert.Equal(("computing", 12.7, 52), (job.GetProperty("state").GetString(), job.GetProperty("elapsed_seconds").GetDouble(), job.GetProperty("seconds_left").GetDouble()));
    }

    [Fact]
    public void ShowLost_Repeatedly_SaysSoOnce()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        using var display = new TopDisplay(output, error, "unix:/s", json: false, size: null);
        display.ShowLost("It is gone.");
        display.ShowLost("It is gone.");
        Assert.Equal(("", $"ib: It is gone. Trying again.{Environment.NewLine}"), (output.ToString(), error.ToString()));
        display.Show(Status);
        display.ShowLost("It is gone.");
        Assert.Equal(2, error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }
}

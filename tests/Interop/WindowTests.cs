using System.Globalization;
using System.Diagnostics;

namespace InferenceBridge.Interop;

/// <summary>What a person does at ImageJ's windows.</summary>
public sealed class WindowTests(ImageJ imageJ)
{
    [Theory]
    [InlineData("plugin")]
    [InlineData("macro")]
    public async Task Escape_InTheMidstOfAJob_FreesImageAndServerWithinASecond(string how)
    {
        var said = await imageJ.RunScenarioAsync("EscapeScenario", imageJ.Server, how);
        Assert.InRange(int.Parse(said["milliseconds"], CultureInfo.InvariantCulture), 0, 1000);
        Assert.Equal("false", said["locked"]);
        Assert.Equal("1", said["images"]);
        Assert.Equal("true", said["unchanged"]);
        Assert.Equal("false", said["went_on"]);
        Assert.InRange(int.Parse(said["next_seconds"], CultureInfo.InvariantCulture), 0, 20);
        Assert.Equal("2", said["next_slices"]);
    }

    [Fact]
    public async Task Recorder_DialogFilledIn_ReplaysToTheSamePixels()
    {
        var said = await imageJ.RunScenarioAsync("RecorderScenario", imageJ.Server, "");
        Assert.Contains($"{imageJ.Server}: server 0.1.0 on cpu", said["test"], StringComparison.Ordinal);
        Assert.Equal("true", said["refused"]);
        Assert.Contains($"run(\"Server...\", \"address={imageJ.Server}\");", said["recorded"], StringComparison.Ordinal);
        Assert.Contains("run(\"Denoise...\", \"model=gaussian sigma_xy=2.25 sigma_z=0 edges=reflect slices=2-3\");", said["recorded"], StringComparison.Ordinal);
        Assert.DoesNotContain("secret-token", said["recorded"], StringComparison.Ordinal);
        Assert.Equal("2", said["first_slices"]);
        Assert.Equal("true", said["same"]);
        Assert.Equal("true", said["differs_from_source"]);
        Assert.Equal("true", said["source_unchanged"]);
    }

    [Fact]
    public async Task Preview_ValuesTyped_ShowsThePlaneAndLeavesTheImageAlone()
    {
        var said = await imageJ.RunScenarioAsync("PreviewScenario", imageJ.Server);
        Assert.Equal("1", said["preview_slices"]);
        Assert.Equal("true", said["preview_changed"]);
        Assert.Equal("2", said["windows"]);
        Assert.Equal("true", said["source_unchanged"]);
        Assert.Equal("1", said["images"]);
    }

    [Fact]
    public async Task Result_OfAnyImage_KeepsWhatBelongsToTheImage()
    {
        var said = await imageJ.RunScenarioAsync("PreserveScenario", imageJ.Server);
        Assert.Equal("source-identity", said["title"]);
        Assert.Equal(said["before"], said["after"]);
        Assert.Equal(said["before"], said["source_after"]);
        Assert.Equal(said["before"], said["virtual_state"]);
        Assert.Equal(said["before"], said["in_place"]);
        Assert.Equal(said["plane_before"], said["plane_after"]);
        Assert.Equal("true true", said["virtual"]);
        Assert.Equal("true", said["pixels_same"]);
        const string Line = "InferenceBridge: diagnostic/identity 1.0 (); device cpu; server 0.1.0\n";
        Assert.Equal("microscope = ours\n" + Line, said["info"]);
        Assert.Equal("microscope = ours", said["source_info"]);
        Assert.Equal("1", said["in_place_images"]);
        Assert.Equal("true", said["in_place_changed"]);
        Assert.Contains("sigma_xy=2", said["in_place_info"], StringComparison.Ordinal);

        // Channel 2, slices 2 and 3 and frame 2 are planes 10 and 12; the box begins at x = 8, y = 4.
        Assert.Contains("sizes [16, 12, 1, 2, 1] 16", said["part"], StringComparison.Ordinal);
        Assert.Contains("label slice label 10\nlabel slice label 12\n", said["part"], StringComparison.Ordinal);
        Assert.Contains("range 20.0 3000.0", said["part"], StringComparison.Ordinal);
        Assert.Contains("roi everywhere java.awt.Rectangle[x=2,y=2,width=4,height=4]", said["part"], StringComparison.Ordinal);
        Assert.Contains("roi placed java.awt.Rectangle[x=4,y=4,width=5,height=3] null 121", said["part"], StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere", said["part"], StringComparison.Ordinal);
        Assert.Contains("calibration 0.108333333333 0.11 0.3 micron 2.5 min 7.0 -5.0 -4.0", said["part"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_KilledInTheMidst_IsOneSentenceAndTheImageIsFree()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromMinutes(3));
        using var server = StartServer();
        var output = "";
        try
        {
            var address = await ReadAddressAsync(server, timeout.Token);
            using var scenario = imageJ.StartScenario("LostServerScenario", address);
            try
            {
                while (await scenario.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
                {
                    output += line + "\n";
                    if (line == "computing=true")
                    {
                        server.Kill();
                    }
                }
            }
            finally
            {
                scenario.Kill();
            }

            Assert.Contains($"error=The connection to the server at {address} was lost (", output, StringComparison.Ordinal);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The scenario came no further within three minutes than:\n{output}");
        }
        finally
        {
            server.Kill();
        }

        Assert.Contains("title=InferenceBridge\n", output, StringComparison.Ordinal);
        Assert.Contains("locked=false\n", output, StringComparison.Ordinal);
        Assert.Contains("images=1\n", output, StringComparison.Ordinal);
        Assert.Contains("usable=true\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("\tat ", output, StringComparison.Ordinal);
    }

    private static Process StartServer()
    {
        var host = Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";
        var tool = Path.Combine(AppContext.BaseDirectory, "InferenceBridge.Cli.dll");
        return Process.Start(new ProcessStartInfo(host, [tool, "serve", "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true })!;
    }

    private static async Task<string> ReadAddressAsync(Process server, CancellationToken cancellation)
    {
        const string Prefix = "Listening on http://";
        while (await server.StandardOutput.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith(Prefix, StringComparison.Ordinal))
            {
                return line[Prefix.Length..].Split(' ')[0];
            }
        }

        throw new InvalidOperationException("The server ended before it listened.");
    }
}

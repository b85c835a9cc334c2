using System.Globalization;
using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests.Commands;

public sealed class SimulateMicroscopeTests : IDisposable
{
    private const double HalfDepthOfField = 0.41;
    private const int Side = 64;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SimulateMicroscope_Phantom_EndsInFocusAndDrawsTheCurve()
    {
        var report = await Tool.RunJsonAsync("simulate-microscope", "--start", "-5", "--report", _folder["run.png"]);

        var run = report.GetProperty("runs")[0];
        Assert.Equal("focused", run.GetProperty("outcome").GetString());
        Assert.InRange(Math.Abs(run.GetProperty("true_error_um").GetDouble()), 0, HalfDepthOfField);
        Assert.Equal(run.GetProperty("frames").GetInt32(), run.GetProperty("curve").GetArrayLength());
        Assert.Equal(0, run.GetProperty("moves_refused").GetInt32());
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(_folder["run.png"])[..4]);
    }

    [Fact]
    public async Task SimulateMicroscope_SeveralRuns_AreSummarised()
    {
        var output = (await Tool.RunAsync("simulate-microscope", "--runs", "3", "--within", "4")).Output;

        Assert.Contains("runs           3", output, StringComparison.Ordinal);
        Assert.Contains("beyond limits  0", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SimulateMicroscope_SharpImageAsStack_GoesToItsFocus()
    {
        // Of nine planes the fifth is sharp.
        var stack = _folder.WriteStack("stack.tif", new VolumeShape(9, Side, Side), i => Pixel(i % (Side * Side), 0.5 * ((i / (Side * Side)) - 4)));
        var report = await Tool.RunJsonAsync("simulate-microscope", "--stack", stack, "--z-step", "0.5", "--focus", "4", "--start", "1.6", "--travel", "2", "--backlash", "0.2");

        var run = report.GetProperty("runs")[0];
        Assert.Equal("focused", run.GetProperty("outcome").GetString());
        Assert.InRange(Math.Abs(run.GetProperty("true_error_um").GetDouble()), 0, 0.4);
    }

    [Fact]
    public async Task SimulateMicroscope_FolderOfPlanes_GoesToItsFocus()
    {
        // The fifth of nine, whose names do not sort by letters.
        var planes = _folder.MakeFolder("planes");
        for (var i = 0; i < 9; i++)
        {
            var defocus = 0.5 * (i - 4);
            _folder.WriteStack($"planes/z{i + 6}.tif", new VolumeShape(1, Side, Side), at => Pixel(at, defocus));
        }

        var output = (await Tool.RunAsync("simulate-microscope", "--stack", planes + "/", "--z-step", "0.5", "--start", "1.6", "--travel", "2", "--backlash", "0.2")).Output;
        Assert.Contains("planes, 9 planes of 0.5 µm, in focus at plane 4;", output, StringComparison.Ordinal);
        Assert.Contains("focused", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SimulateMicroscope_StuckStage_SaysSo()
    {
        var result = await Tool.RunAsync("simulate-microscope", "--start", "6", "--stuck-after", "2");

        Assert.Equal(0, result.Code);
        Assert.Contains("the stage did not move as asked", result.Output, StringComparison.Ordinal);
        Assert.Contains("The stage was sent", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--travel", "-3", "--travel is -3; accepted: 0.1 to 100000.")]
    [InlineData("--runs", "0", "--runs is 0; accepted: 1 to 100000.")]
    [InlineData("--report", "run.jpg", "--report is run.jpg; accepted: the name of a PNG file, ending in .png.")]
    [InlineData("--maximum-z-um", "-50", "Parameter minimum_z_um is -20, and maximum_z_um is -50")]
    public async Task SimulateMicroscope_BadValue_IsNamed(string flag, string value, string message)
    {
        var result = await Tool.RunAsync("simulate-microscope", flag, value);

        Assert.Equal(2, result.Code);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_SearchFrameByFrame_GoesOnFromItsStateInAFile()
    {
        // As the script for Micro-Manager does.
        var (z, state) = (-1.5, 0);
        for (var count = 0; count < 20 && state == 0; count++)
        {
            var defocus = z;
            _folder.WriteStack("frame.tif", new VolumeShape(1, Side, Side), i => Pixel(i, defocus));
            string[] resumed = count > 0 ? ["--state-in", _folder["state"]] : [];
            await Tool.RunJsonAsync([
                "stream", _folder["frame.tif"], "--operation", "autofocus/metrics", "--z", z.ToString(CultureInfo.InvariantCulture), "-p", "mode=search", "-p", "minimum_z_um=-2",
                "-p", "maximum_z_um=2", "-p", "search_step_um=0.5", "--shifts", _folder["n.csv"], "--state-out", _folder["state"], .. resumed,
            ]);
            var lines = File.ReadAllLines(_folder["n.csv"]);
            var numbers = lines[0].Split(',').Zip(lines[1].Split(',')).ToDictionary(pair => pair.First, pair => double.Parse(pair.Second, CultureInfo.InvariantCulture));
            (z, state) = (numbers["target_z_um"], (int)numbers["state"]);
            Assert.Equal(count + 1, numbers["frames_used"]);
        }

        Assert.Equal(1, state);
        Assert.Equal(0, z, 0.2);
    }

    [Fact]
    public async Task Stream_SearchWithoutZ_NamesIt()
    {
        var frame = _folder.WriteStack("frame.tif", new VolumeShape(1, Side, Side), i => Pixel(i, 0));

        Assert.Contains("Frame 0 has no z_um", await Tool.RefuseAsync(2, "stream", frame, "--operation", "autofocus/metrics", "-p", "mode=search"), StringComparison.Ordinal);
    }

    // Waves whose contrast falls with the distance from focus.
    private static ushort Pixel(int pixel, double defocus)
    {
        var (y, x) = Math.DivRem(pixel, Side);
        return (ushort)(1000 + (800 * Math.Exp(-defocus * defocus) * Math.Sin(0.8 * x) * Math.Sin(0.7 * y)));
    }
}

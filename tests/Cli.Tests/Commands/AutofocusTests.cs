using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests.Commands;

public sealed class AutofocusTests : IDisposable
{
    private const int Planes = 13;
    private const int Side = 48;
    private const double Focus = 6.3;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Autofocus_StackWithStep_FindsTheFocusBetweenPlanes()
    {
        var report = await Tool.RunJsonAsync("autofocus", Stack(0.25), "--metric", "tenengrad");

        Assert.Equal((6, "tenengrad", 0.25), (report.GetProperty("best_plane").GetInt32(), report.GetProperty("metric").GetString(), report.GetProperty("z_step_um").GetDouble()));
        var focus = report.GetProperty("focus");
        Assert.Equal("inside", focus.GetProperty("kind").GetString());
        Assert.Equal(0.25 * Focus, focus.GetProperty("z").GetDouble(), 0.03);
        Assert.InRange(focus.GetProperty("sd").GetDouble(), 0.0001, 0.05);
        Assert.Equal(7, report.GetProperty("metrics").GetArrayLength());
    }

    [Fact]
    public async Task Autofocus_StepBelowZero_CountsDown()
    {
        var report = await Tool.RunJsonAsync("autofocus", Stack(0.25), "--z-step", "-2");
        Assert.Equal(-2 * Focus, report.GetProperty("focus").GetProperty("z").GetDouble(), 0.3);
        Assert.Equal(6, report.GetProperty("best_plane").GetInt32());
    }

    [Fact]
    public async Task Autofocus_NoStep_CountsPlanesAndSaysSo()
    {
        var result = await Tool.RunAsync("autofocus", Stack(null));
        Assert.Equal(0, result.Code);
        Assert.Contains("positions are plane numbers (give --z-step)", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"focus +6\.[23]\d\d ± 0\.\d+ planes, by vollath_f4", result.Output);
    }

    [Fact]
    public async Task Autofocus_ScoresAndReport_AreWritten()
    {
        await Tool.RunJsonAsync("autofocus", Stack(0.25), "--scores", _folder["s.csv"], "--report", _folder["r.png"]);

        var lines = File.ReadAllLines(_folder["s.csv"]);
        Assert.Equal(1 + Planes, lines.Length);
        var names = lines[0].Split(',');
        Assert.Equal(["plane", "z_um", "from_focus_um", "brenner", "empty", "midband_power", "normalised_variance", "saturated_share", "score", "spectral_entropy", "tenengrad", "variance_of_laplacian", "vollath_f4"], names);
        var scores = lines.Skip(1).Select(line => double.Parse(line.Split(',')[Array.IndexOf(names, "score")], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(6, Array.IndexOf(scores, scores.Max()));
        Assert.StartsWith("6,1.5,", lines[7], StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(_folder["r.png"])[..4]);
        Assert.Equal(["r.png", "s.csv", "stack.tif"], _folder.Names);
    }

    [Fact]
    public async Task Autofocus_FocusBeyondTheEnd_SaysSo()
    {
        var path = _folder.WriteStack("rising.tif", new VolumeShape(9, Side, Side), i => Pixel(i, plane => plane));
        var result = await Tool.RunAsync("autofocus", path);
        Assert.Contains("the focus may lie outside of it", result.Output, StringComparison.Ordinal);
        Assert.Contains("8.000 planes, at the stack's end", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Autofocus_BlackStack_HasNoMaximum()
    {
        var path = _folder.WriteStack("black.tif", new VolumeShape(5, Side, Side), _ => 0);
        var result = await Tool.RunAsync("autofocus", path, "--report", _folder["r.png"]);
        Assert.Equal(0, result.Code);
        Assert.Contains("no maximum", result.Output, StringComparison.Ordinal);
        Assert.Contains("5 planes show nothing", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Autofocus_OnePlane_IsTold()
    {
        var path = _folder.WriteStack("one.tif", new VolumeShape(1, Side, Side), i => Pixel(i, _ => 5));
        Assert.Contains("no maximum", (await Tool.RunAsync("autofocus", path)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Autofocus_FolderOfPlanes_IsTheStackInTheOrderOfTheirNumbers()
    {
        // z9 comes before z10.
        var planes = _folder.MakeFolder("planes");
        for (var i = 0; i < Planes; i++)
        {
            var plane = i;
            _folder.WriteStack($"planes/z{i + 3}.tif", new VolumeShape(1, Side, Side), at => Pixel((plane * Side * Side) + at, Contrast));
        }

        _folder.WriteText("planes/notes.txt", "not a plane");
        var (ofFolder, ofFile) = (await Tool.RunJsonAsync("autofocus", planes + "/", "--z-step", "0.25"), await Tool.RunJsonAsync("autofocus", Stack(0.25)));
        Assert.Equal("z9.tif", ofFolder.GetProperty("best_file").GetString());
        Assert.Equal("planes", ofFolder.GetProperty("name").GetString());
        Assert.Equal(ofFile.GetProperty("best_plane").GetInt32(), ofFolder.GetProperty("best_plane").GetInt32());
        Assert.Equal(ofFile.GetProperty("focus").GetProperty("z").GetDouble(), ofFolder.GetProperty("focus").GetProperty("z").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task Autofocus_FolderThatIsNoStack_IsRefusedByName()
    {
        var planes = _folder.MakeFolder("planes");
        Assert.Contains("holds no files that end in .tif or .tiff", await Tool.RefuseAsync(2, "autofocus", planes), StringComparison.Ordinal);
        _folder.WriteStack("planes/a.tif", new VolumeShape(1, Side, Side), i => Pixel(i, _ => 5));
        _folder.WriteStack("planes/b.tif", new VolumeShape(1, Side, Side - 2), i => Pixel(i, _ => 5));
        var message = await Tool.RefuseAsync(2, "autofocus", planes);
        Assert.Contains("b.tif is 48 × 46 pixels of UInt16", message, StringComparison.Ordinal);
        Assert.Contains("planes of the same size", message, StringComparison.Ordinal);
        _folder.WriteStack("planes/b.tif", new VolumeShape(4, Side, Side), i => Pixel(i, _ => 5));
        Assert.Contains("b.tif has 4 planes", await Tool.RefuseAsync(2, "autofocus", planes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Autofocus_NetworkWithoutPixelSize_AsksForItAndTakesIt()
    {
        var path = _folder.WriteStack("plain.tif", new VolumeShape(3, 160, 160), i => (ushort)(1000 + (17 * i % 331)));
        string[] command = ["autofocus", path, "--model", "spectral", "--na", "0.8", "--wavelength", "525", "--index", "1", "--z-step", "0.5"];
        var refused = await Tool.RunAsync(command);
        Assert.Equal((2, ""), (refused.Code, refused.Output));
        Assert.Contains("accepted: --pixel-size UM", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--pixel-size is -1", await Tool.RefuseAsync(2, [.. command, "--pixel-size", "-1"]), StringComparison.Ordinal);
        Assert.Equal(3, (await Tool.RunJsonAsync([.. command, "--pixel-size", "0.2"])).GetProperty("planes").GetInt32());
    }

    [Fact]
    public async Task Autofocus_BadUsage_IsRefusedByName()
    {
        var stack = Stack(0.25);
        Assert.Contains("--z-step is 0", await Tool.RefuseAsync(2, "autofocus", stack, "--z-step", "0"), StringComparison.Ordinal);
        Assert.Contains("ending in .png", await Tool.RefuseAsync(2, "autofocus", stack, "--report", _folder["r.jpg"]), StringComparison.Ordinal);
        Assert.Contains("another file of the job", await Tool.RefuseAsync(2, "autofocus", stack, "--scores", stack), StringComparison.Ordinal);
        Assert.Contains("brenner", await Tool.RefuseAsync(2, "autofocus", stack, "--metric", "sharpness"), StringComparison.Ordinal);
        Assert.Contains("both given", await Tool.RefuseAsync(2, "autofocus", stack, "--metric", "brenner", "-p", "metric=brenner"), StringComparison.Ordinal);
    }

    private string Stack(double? step) => _folder.WriteStack("stack.tif", new VolumeShape(Planes, Side, Side),
        i => Pixel(i, Contrast),
        step is { } depth ? new Calibration { VoxelWidth = 0.1, VoxelHeight = 0.1, VoxelDepth = depth, Unit = "µm" } : null);

    private static double Contrast(int plane) => 10 / (1 + ((plane - Focus) * (plane - Focus) / 4));

    // Squares of 3 px, of a contrast that the plane decides.
    private static ushort Pixel(int i, Func<int, double> contrast)
    {
        var (plane, y, x) = (i / (Side * Side), i / Side % Side, i % Side);
        return (ushort)(1000 + Math.Round(20 * contrast(plane) * (((y / 3) + (x / 3)) % 2)));
    }
}

using System.Globalization;
using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests.Commands;

public sealed class StreamTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Stream_Identity_WritesEveryFrameAndTellsHowItWent()
    {
        var movie = Movie((0, 0), (2, 3), (-1, 4));
        var report = await Tool.RunJsonAsync("stream", movie, "--operation", "diagnostic/identity", "--rate", "1000", "--out", _folder["out.tif"]);

        Assert.Equal((3, 3, 0), (report.GetProperty("frames_sent").GetInt32(), report.GetProperty("frames_answered").GetInt32(), report.GetProperty("frames_dropped").GetInt32()));
        Assert.True(report.GetProperty("round_trip_p99_ms").GetDouble() > 0);
        using var result = VolumeFile.OpenRead(_folder["out.tif"]);
        Assert.Equal(new VolumeShape(3, 1, 1, 64, 64), result.Info.Shape);
        Assert.Equal(TestFolder.Read(movie), TestFolder.Read(_folder["out.tif"]));
    }

    [Fact]
    public async Task Stream_StateOfAnotherStream_IsResumed()
    {
        var movie = Movie((0, 0), (2, 3));
        await Tool.RunJsonAsync("stream", movie, "--template", "first", "--state-out", _folder["state"]);
        var report = await Tool.RunJsonAsync("stream", movie, "--template", "first", "--state-in", _folder["state"], "--shifts", _folder["s.csv"]);

        Assert.Equal("4", report.GetProperty("details").GetProperty("frames").GetString());
        AssertShifts((0, 0), (2, 3));
    }

    [Fact]
    public async Task Stream_DropOldest_AnswersOrReportsEveryFrame()
    {
        var movie = Movie([.. Enumerable.Range(0, 60).Select(i => (i % 5, i % 3))]);
        var report = await Tool.RunJsonAsync("stream", movie, "--drop", "oldest", "--queue", "1", "--out", _folder["out.tif"], "--shifts", _folder["s.csv"], "--fields", _folder["f.tif"]);

        int Number(string name) => report.GetProperty(name).GetInt32();
        Assert.Equal(60, Number("frames_sent"));
        Assert.Equal(60, Number("frames_answered") + Number("frames_dropped"));
        var dropped = report.GetProperty("dropped_ids").EnumerateArray().Select(id => id.GetInt64()).ToArray();
        var answered = File.ReadAllLines(_folder["s.csv"]).Skip(1).Select(line => long.Parse(line.Split(',')[0], CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(Enumerable.Range(0, 60).Select(id => (long)id), answered.Concat(dropped).Order());
        foreach (var file in new[] { "out.tif", "f.tif" })
        {
            using var written = VolumeFile.OpenRead(_folder[file]);
            Assert.Equal(answered.Length, written.Info.Shape.Frames);
        }
    }

    [Fact]
    public async Task Register_SlicesOfAPlainFile_AreFrames()
    {
        var movie = Movie((0, 0), (2, 3), (-1, 4));
        await Tool.RunJsonAsync("register", movie, _folder["out.tif"], "--shifts", _folder["s.csv"], "--template", "first", "--max-shift", "8");

        AssertShifts((0, 0), (2, 3), (-1, 4));
        using var result = VolumeFile.OpenRead(_folder["out.tif"]);
        Assert.Equal(3, result.Info.Shape.Frames);
    }

    [Fact]
    public async Task Register_FieldsAndReport_AreWritten()
    {
        (int Y, int X)[] shifts = [(0, 0), (2, 3), (-1, 4)];
        await Tool.RunJsonAsync("register", Movie(shifts), _folder["out.tif"], "--fields", _folder["f.tif"], "--report", _folder["r.png"], "--template", "first", "--max-shift", "8");

        AssertFields(shifts);
        Assert.Equal(["f.tif", "movie.tif", "out.tif", "r.png"], _folder.Names);

        // A PNG of 1008 columns in RGB, as its header says.
        var png = await File.ReadAllBytesAsync(_folder["r.png"], TestContext.Current.CancellationToken);
        Assert.Equal("PNG\r\n"u8.ToArray(), png[1..6]);
        Assert.Equal((1008, 2), ((png[18] << 8) + png[19], png[25]));
    }

    [Fact]
    public async Task Stream_Fields_AreWritten()
    {
        (int Y, int X)[] shifts = [(0, 0), (2, 3), (-1, 4)];
        await Tool.RunJsonAsync("stream", Movie(shifts), "--fields", _folder["f.tif"], "--template", "first", "--max-shift", "8");

        AssertFields(shifts);
    }

    [Theory]
    [InlineData("--fields", "out.tif", "--fields is")]
    [InlineData("--fields", "movie.tif", "--fields is")]
    [InlineData("--shifts", "out.tif", "--shifts is")]
    [InlineData("--fields", "none/f.tif", "does not exist")]
    [InlineData("--shifts", "none/s.csv", "does not exist")]
    [InlineData("--report", "r.jpg", "ending in .png")]
    public async Task Register_BadFile_IsRefusedBeforeTheWork(string option, string file, string expected)
    {
        var result = await Tool.RunAsync("register", Movie((0, 0), (2, 3)), _folder["out.tif"], option, _folder[file]);

        Assert.Equal(2, result.Code);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder["out.tif"]));
    }

    [Theory]
    [InlineData("--fields", "o.tif")]
    [InlineData("--shifts", "o.tif")]
    [InlineData("--fields", "movie.tif")]
    public async Task Stream_TwoOutputsOfOneName_AreRefused(string option, string file)
    {
        var result = await Tool.RunAsync("stream", Movie((0, 0)), "--out", _folder["o.tif"], option, _folder[file]);

        Assert.Equal(2, result.Code);
        Assert.Contains($"{option} is", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--rate", "-1", "--rate")]
    [InlineData("--drop", "some", "--drop")]
    [InlineData("--state-in", "none", "State none cannot be read")]
    public async Task Stream_BadOption_IsRefusedByName(string option, string value, string expected)
    {
        var result = await Tool.RunAsync("stream", Movie((0, 0)), option, value);

        Assert.Equal(2, result.Code);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }

    private void AssertFields((int Y, int X)[] shifts)
    {
        using var fields = VolumeFile.OpenRead(_folder["f.tif"]);
        Assert.Equal((new VolumeShape(shifts.Length, 2, 1, 64, 64), PixelType.Float32), (fields.Info.Shape, fields.Info.PixelType));
        var plane = new float[64 * 64];
        for (var t = 0; t < shifts.Length; t++)
        {
            fields.ReadPlane(2 * t, plane);
            Assert.All(plane, y => Assert.Equal(shifts[t].Y, y, 0.1));
            fields.ReadPlane((2 * t) + 1, plane);
            Assert.All(plane, x => Assert.Equal(shifts[t].X, x, 0.1));
        }
    }

    private void AssertShifts(params (int Y, int X)[] expected)
    {
        var lines = File.ReadAllLines(_folder["s.csv"]);
        var names = lines[0].Split(',');
        Assert.Equal(expected.Length, lines.Length - 1);
        for (var i = 0; i < expected.Length; i++)
        {
            var cells = lines[i + 1].Split(',');
            double Cell(string name) => double.Parse(cells[Array.IndexOf(names, name)], CultureInfo.InvariantCulture);
            Assert.Equal(i, Cell("frame"));
            Assert.Equal(expected[i].Y, Cell("shift_y"), 0.1);
            Assert.Equal(expected[i].X, Cell("shift_x"), 0.1);
        }
    }

    // A random scene, seen through a window that moves by whole pixels, as a stack of slices.
    private string Movie(params (int Y, int X)[] shifts)
    {
        var random = new Random(1);
        var scene = Enumerable.Range(0, 80 * 80).Select(_ => (float)random.Next(1000)).ToArray();
        var values = shifts.SelectMany(d => Enumerable.Range(0, 64 * 64).Select(p => scene[(((p / 64) + 8 - d.Y) * 80) + (p % 64) + 8 - d.X])).ToArray();
        var info = new VolumeInfo(new VolumeShape(shifts.Length, 64, 64), PixelType.UInt16);
        var path = _folder["movie.tif"];
        using var writer = VolumeFile.Create(path, info);
        var plane = new byte[info.PlaneBytes];
        for (var z = 0; z < shifts.Length; z++)
        {
            PixelConverter.FromSingle(values.AsSpan(z * 64 * 64, 64 * 64), PixelType.UInt16, plane);
            writer.WriteRows(z, 0, 64, plane);
        }

        writer.Complete();
        return path;
    }
}

using InferenceBridge.Client;
using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests.Files;

public sealed class FocusStackTests : IDisposable
{
    private const int Planes = 15;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Network_PlanesThatSayWhereTheFocusIs_AreOutvotedByTheirMedian()
    {
        // The focus lies at plane 6.4; the last planes are misjudged, and plane 2 is taken for the one in focus.
        var stack = Stack(0.5, (i, numbers) =>
        {
            numbers["defocus_um"] = i > 11 ? -9 : i == 2 ? 0 : (0.5 * (i - 6.4)) + (0.02 * (i % 3 - 1));
            numbers["distance_um"] = Math.Abs(numbers["defocus_um"]);
        });

        Assert.Equal(0.5 * 6.4, stack.Network!.Value.Z, 0.03);
        Assert.InRange(stack.Network.Value.StandardDeviation, 0.001, 0.1);
        Assert.Equal(6, stack.NetworkPlane);
    }

    [Fact]
    public void Network_SignOpen_IsThePlaneOfTheLeastDistance()
    {
        var stack = Stack(0.5, (i, numbers) => numbers["distance_um"] = Math.Abs(i - 9.2));
        Assert.Null(stack.Network);
        Assert.Equal(9, stack.NetworkPlane);
        using var text = new StringWriter();
        FocusStackReport.Write(stack, text);
        Assert.Contains("the sign of the defocus is open; nearest plane 9", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Network_PlanesOutOfRange_HaveNoVote()
    {
        var stack = Stack(1, (i, numbers) =>
        {
            numbers["out_of_range"] = i is 0 or > 3 ? 1 : 0;
            numbers["defocus_um"] = i is 0 or > 3 ? 10 : i - 7;
            numbers["defocus_sd_um"] = 0.8;
            numbers["distance_um"] = Math.Abs(numbers["defocus_um"]);
        });
        Assert.Equal(7, stack.Network!.Value.Z, 1e-9);
        Assert.Equal(0.8, stack.Network.Value.StandardDeviation, 1e-9);
    }

    [Fact]
    public void Disagreeing_MetricWithAnotherMaximum_IsNamed()
    {
        var stack = Stack(1, (i, numbers) => numbers["other"] = 1 / (1 + ((i - 12.0) * (i - 12))));
        Assert.Equal(["other"], stack.Disagreeing.Select(peak => peak.Metric));
        using var text = new StringWriter();
        FocusStackReport.Write(stack, text);
        Assert.Matches(@"other +12 +12\.0.*\(disagrees\)", text.ToString());
    }

    [Fact]
    public void BestPlane_EmptyPlanesBefore_AreCounted()
    {
        var stack = Stack(1, (i, numbers) => numbers["empty"] = i < 3 ? 1 : 0);
        Assert.Equal((3, 6), (stack.EmptyPlanes, stack.BestPlane));
        Assert.Equal(6.3, stack.Best!.Peak.Z, 0.1);
    }

    [Fact]
    public void Write_Network_PutsItsNumbersIntoTableAndPicture()
    {
        var stack = Stack(0.5, (i, numbers) =>
        {
            numbers["defocus_um"] = 0.5 * (i - 6.4);
            numbers["distance_um"] = Math.Abs(numbers["defocus_um"]);
        });
        FocusTable.Write(_folder["s.csv"], stack);
        Assert.Equal("plane,z_um,from_focus_um,from_network_focus_um,defocus_um,distance_um,empty,sharp", File.ReadLines(_folder["s.csv"]).First());
        var third = File.ReadLines(_folder["s.csv"]).ElementAt(3).Split(',');
        Assert.Equal(["2", "1", "-2.2", "-2.2", "2.2", "0"], [third[0], third[1], .. third[3..7]]);

        // The metric's own peak lies at plane 6.3.
        Assert.Equal(1 - (0.5 * 6.3), double.Parse(third[2], System.Globalization.CultureInfo.InvariantCulture), 0.05);

        var movie = new MemoryVolume(new VolumeInfo(new VolumeShape(Planes, 1, 1, 20, 30), PixelType.UInt8));
        FocusPicture.Write(_folder["with.png"], stack, movie, 0);
        FocusPicture.Write(_folder["without.png"], Stack(0.5, (_, _) => { }), movie, 0);

        // Width and height stand after the signature, the length and the name of the first block.
        int Rows(string name) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(File.ReadAllBytes(_folder[name]).AsSpan(20));
        Assert.Equal(220 + 26 + 16, Rows("with.png") - Rows("without.png"));
    }

    private static FocusStack Stack(double? step, Action<int, Dictionary<string, double>> add)
    {
        var planes = Enumerable.Range(0, Planes).Select(i =>
        {
            var numbers = new Dictionary<string, double> { ["sharp"] = 1 / (1 + ((i - 6.3) * (i - 6.3) / 7.1)), ["empty"] = 0 };
            add(i, numbers);
            return (IReadOnlyDictionary<string, double>)numbers;
        }).ToArray();
        var summary = new RunSummary("autofocus/net", "1.0", "cpu", new VolumeInfo(new VolumeShape(1, 1, 1), PixelType.Float32));
        return new FocusStack("stack.tif", summary, new FocusPositions(step), ["sharp", "other"], "sharp", planes);
    }
}

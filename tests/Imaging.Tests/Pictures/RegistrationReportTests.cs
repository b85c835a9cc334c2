namespace InferenceBridge.Imaging.Tests;

public class RegistrationReportTests
{
    private const int Left = 16 + 84;
    private const int Right = 1008 - 16;
    private const int Top = 16 + 24 + 24;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void MeanOf_Movie_IsTheMeanOfWhatIsFiniteInOneChannel()
    {
        // 3 frames of 2 channels and 2 slices, 3 × 5.
        var shape = new VolumeShape(3, 2, 2, 3, 5);
        var values = Enumerable.Range(0, (int)shape.ElementCount).Select(i => (float)((i * 37) % 101)).ToArray();
        values[15 * 2] = float.NaN;
        for (var plane = 0; plane < shape.PlaneCount; plane++)
        {
            values[(plane * 15) + 4] = float.PositiveInfinity;
        }

        var mean = ReportImage.MeanOf("m", MemoryVolume.FromSingles(values, shape), 1, Cancellation);

        for (var i = 0; i < 15; i++)
        {
            // Plane = (t · C + c) · Z + z.
            var members = (from t in Enumerable.Range(0, 3) from z in Enumerable.Range(0, 2) select values[(((((t * 2) + 1) * 2) + z) * 15) + i]).Where(float.IsFinite).ToArray();
            Assert.Equal(members.Length == 0 ? double.NaN : members.Average(), mean.Values[i], 1e-4);
        }

        Assert.True(float.IsNaN(mean.Values[4]));
    }

    [Fact]
    public void Create_TwoPanels_DrawsTracesWhereTheirValuesAre()
    {
        var (y, x) = (new Trace("y", TraceColour.Orange), new Trace("x", TraceColour.Blue));
        var (after, none) = (new Trace("after", TraceColour.Green), new Trace("before", TraceColour.Grey));
        for (var frame = 0; frame < 11; frame++)
        {
            y.Add(frame, 10);
            x.Add(frame, -10);
            after.Add(frame, frame == 5 ? double.NaN : 0.9);
        }

        var flat = new ReportImage("flat", 60, 40, new float[2400]);
        var picture = RegistrationReport.Create("movie.tif: register/rigid", flat, flat,
            [new TracePanel("shift", [y, x]) { Reaches = 0 }, new TracePanel("correlation", [none, after]) { Threshold = 0.5, Reaches = 1 }]);

        // Images of 60 × 40 grow eightfold; each panel has a caption of 26 rows above its 160.
        var first = Top + 320 + 16 + 26;
        Assert.Equal((1008, Top + 320 + 16 + (2 * (26 + 160 + 16)) + 24, 3), (picture.Width, picture.Height, picture.Channels));
        var middle = (Left + Right) / 2;
        Assert.True(IsNear(picture, middle, first, (240, 170, 40)));
        Assert.True(IsNear(picture, middle, first + 159, (100, 190, 240)));

        // From 0.4 to 1: 0.9 lies at a sixth from the top, 0.5 at five sixths; a frame without a value is a gap.
        var second = first + 160 + 16 + 26;
        Assert.True(IsNear(picture, Left + 100, second + (159 / 6), (50, 215, 150)));
        Assert.False(IsNear(picture, middle, second + (159 / 6), (50, 215, 150)));
        Assert.Contains(Enumerable.Range(Left, 40), column => IsNear(picture, column, second + (159 * 5 / 6), (240, 80, 80)));
    }

    [Fact]
    public void Create_BeforeAndAfter_HaveTheSameContrast()
    {
        // Half of the values before reach as far as all of those after.
        static ReportImage Ramp(string caption, float most) => new(caption, 480, 480, [.. Enumerable.Range(0, 480 * 480).Select(i => i % 480 / 479f * most)]);

        var picture = RegistrationReport.Create("t", Ramp("before", 50), Ramp("after", 100), []);

        var row = picture.Row(Top + 240);
        Assert.InRange(row[(16 + 479) * 3], 120, 135);
        Assert.InRange(row[(16 + 480 + 16 + 479) * 3], 250, 255);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(300, 200)]
    [InlineData(2000, 3)]
    public void Create_AwkwardSizes_AreDrawn(int width, int height)
    {
        var image = new ReportImage("an image with a long name that is wider than there is room for, and so is cut", width, height, new float[width * height]);
        var trace = new Trace("y", TraceColour.Orange);
        trace.Add(0, 1e7);

        var picture = RegistrationReport.Create(new string('t', 500), image, image with { Values = [.. image.Values.Select(_ => float.NaN)] }, [new TracePanel("p", [trace])]);

        Assert.Equal(1008, picture.Width);
    }

    private static bool IsNear(Picture picture, int column, int row, (int R, int G, int B) colour) => Enumerable.Range(-3, 7).Any(offset =>
    {
        var at = row + offset;
        return at >= 0 && at < picture.Height && picture.Row(at).Slice(column * 3, 3) is var p && (p[0], p[1], p[2]) == colour;
    });
}

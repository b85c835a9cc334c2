namespace InferenceBridge.Imaging.Tests;

public class TraceTests
{
    [Fact]
    public void Add_FewFrames_KeepsEachValue()
    {
        var trace = new Trace("y", TraceColour.Orange);
        trace.Add(0, 2);
        trace.Add(1, double.NaN);
        trace.Add(2, -1);

        Assert.Equal([(0.0, 2.0, 2.0, 2.0), (2.0, -1.0, -1.0, -1.0)], trace.Points);
        Assert.Equal((2L, 1L), (trace.LastFrame, trace.FramesPerPoint));
    }

    [Theory]
    [InlineData(Trace.MaximumBins, 1)]
    [InlineData(Trace.MaximumBins + 1, 2)]
    [InlineData(100_003, 64)]
    public void Add_ManyFrames_KeepsTheReachOfNeighbours(int frames, long each)
    {
        // Values that tell which frames went into a point.
        var trace = new Trace("y", TraceColour.Orange);
        for (var frame = 0; frame < frames; frame++)
        {
            trace.Add(frame, (3.0 * frame) + (frame % 2));
        }

        Assert.Equal(each, trace.FramesPerPoint);
        var points = trace.Points.ToArray();
        Assert.Equal((frames + each - 1) / each, points.Length);
        for (var i = 0; i < points.Length; i++)
        {
            var members = Enumerable.Range(0, (int)each).Select(k => (i * each) + k).Where(frame => frame < frames).Select(frame => (3.0 * frame) + (frame % 2)).ToArray();
            Assert.Equal((members.Min(), members.Max()), (points[i].Smallest, points[i].Largest));
            Assert.Equal(members.Average(), points[i].Mean, 1e-6);
        }
    }

    [Fact]
    public void Clear_AfterFrames_BeginsAnew()
    {
        var trace = new Trace("y", TraceColour.Orange);
        for (var frame = 0; frame < 5000; frame++)
        {
            trace.Add(frame, 9);
        }

        trace.Clear();
        trace.Add(0, 1);

        Assert.Equal([(0.0, 1.0, 1.0, 1.0)], trace.Points);
    }
}

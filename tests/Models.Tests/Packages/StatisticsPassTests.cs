using InferenceBridge.Imaging;
using InferenceBridge.Models.Packages;

namespace InferenceBridge.Models.Tests.Packages;

public class StatisticsPassTests
{
    private static readonly AxisKind[] Plane = [AxisKind.Y, AxisKind.X];

    [Fact]
    public void Percentiles_TwoReadings_AreThoseOfTheSortedValues()
    {
        // 0 to 100 in any order, some negative: the p-th percentile of n evenly spaced values is linear.
        var values = Enumerable.Range(0, 101).Select(i => (float)((i * 37 % 101) - 20)).ToArray();
        var pass = new ImageStatisticsPass([new ScaleRangeStep(Plane, 1e-6, 2.5, 97.5, null)], 1, null);

        Assert.Equal(2, Read(pass, values));

        var step = Assert.IsType<AffineStep>(Assert.Single(pass.StepsOf(0)));
        Assert.Equal(-17.5, step.Shift.Values[0], 5);
        Assert.Equal(1 / 95.0, step.Gain.Values[0], 6);
    }

    [Fact]
    public void Moments_InPieces_AreThoseOfAll()
    {
        var pass = new ImageStatisticsPass([new StandardiseStep(Plane, 1e-6)], 2, null);

        pass.Add(0, [1, 2]);
        pass.Add(1, [5, 5, 5]);
        pass.Add(0, [3, 4, 10]);
        pass.EndReading();

        // Mean 4, squares 9 + 4 + 1 + 0 + 36 = 50 over 5.
        var step = Assert.IsType<AffineStep>(Assert.Single(pass.StepsOf(0)));
        Assert.Equal(4, step.Shift.Values[0], 9);
        Assert.Equal(1 / (Math.Sqrt(10) + 1e-6), step.Gain.Values[0], 9);
        Assert.False(pass.IsConstant(0));
        Assert.True(pass.IsConstant(1));
        Assert.False(pass.NeedsReading);
    }

    [Fact]
    public void StepBehindAnother_SeesWhatThatOneMade()
    {
        var pass = new ImageStatisticsPass([new ClipStep(0, 10), new StandardiseStep(Plane, 1e-6)], 1, null);

        Assert.Equal(1, Read(pass, [-100, 0, 10, 1000]));

        var step = Assert.IsType<AffineStep>(pass.StepsOf(0)[1]);
        Assert.Equal(5, step.Shift.Values[0], 6);
        Assert.Equal(0.2, step.Gain.Values[0], 5);
    }

    [Fact]
    public void DeclaredStatistics_OfOneChannel_SpareTheReading()
    {
        var declared = new IntensityStatistics(1, 9, 4, 2, 0.5);
        Assert.False(new ImageStatisticsPass([new StandardiseStep(Plane, 1e-6)], 1, declared).NeedsReading);
        Assert.False(new ImageStatisticsPass([new ScaleRangeStep(Plane, 1e-6, 0, 100, null)], 1, declared).NeedsReading);
        Assert.True(new ImageStatisticsPass([new ScaleRangeStep(Plane, 1e-6, 1, 99, null)], 1, declared).NeedsReading);
        Assert.True(new ImageStatisticsPass([new StandardiseStep(Plane, 1e-6)], 2, declared).NeedsReading);
        Assert.True(new ImageStatisticsPass([new ClipStep(0, 3), new StandardiseStep(Plane, 1e-6)], 1, declared).NeedsReading);
    }

    private static int Read(ImageStatisticsPass pass, float[] values)
    {
        var readings = 0;
        while (pass.NeedsReading && readings < 10)
        {
            pass.Add(0, values.AsSpan(0, values.Length / 2));
            pass.Add(0, values.AsSpan(values.Length / 2));
            pass.EndReading();
            readings++;
        }

        return readings;
    }
}

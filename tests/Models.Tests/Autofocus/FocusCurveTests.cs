namespace InferenceBridge.Models.Tests;

public class FocusCurveTests
{
    [Theory]
    [InlineData("gaussian", 0.02)]
    [InlineData("lorentzian", 0.02)]
    [InlineData("parabola", 0.001)]
    public void Find_CleanCurve_MaximumToPartsOfAStep(string shape, double tolerance)
    {
        for (var centre = -0.5; centre <= 0.5; centre += 0.1)
        {
            var peak = FocusCurve.Find(Curve(-5, 5, 0.5, z => Value(shape, z - centre)));
            Assert.Equal(FocusPeakKind.Inside, peak.Kind);
            Assert.Equal(centre, peak.Z, tolerance);
            Assert.InRange(peak.StandardDeviation!.Value, Math.Abs(peak.Z - centre) / 3, 0.1);
            Assert.Equal(1, peak.Score, 0.05);
        }
    }

    [Theory]
    [InlineData(0.2, 0.05)]
    [InlineData(0.2, 0.15)]
    [InlineData(0.5, 0.05)]
    [InlineData(0.5, 0.1)]
    public void Find_NoisyCurves_ErrorsAreAsLargeAsTheirStatedUncertainty(double step, double noise)
    {
        var random = new Random(11);
        var ratios = new List<double>();
        for (var run = 0; run < 200; run++)
        {
            var centre = random.NextDouble() - 0.5;
            var peak = FocusCurve.Find(Curve(-5, 5, step, z => Math.Exp(-(z - centre) * (z - centre) / 2) + (noise * Gaussian(random))));
            Assert.Equal(FocusPeakKind.Inside, peak.Kind);
            ratios.Add(Math.Abs(peak.Z - centre) / peak.StandardDeviation!.Value);
        }

        // Of a normal distribution 68% lie within one standard deviation, 99.7% within three.
        Assert.InRange(ratios.Count(ratio => ratio < 1) / 200.0, 0.55, 0.9);
        Assert.InRange(ratios.Count(ratio => ratio < 3) / 200.0, 0.96, 1);
    }

    [Fact]
    public void Find_NoiseAlone_IsNone()
    {
        var random = new Random(12);
        var found = Enumerable.Range(0, 200).Count(run => FocusCurve.Find(Curve(0, 9 + (run % 30), 1, _ => Gaussian(random))).Kind != FocusPeakKind.None);
        Assert.InRange(found, 0, 8);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(25)]
    public void Find_EqualScores_IsNone(int count)
    {
        var peak = FocusCurve.Find([.. Enumerable.Range(0, count).Select(i => new FocusPoint(i, 4.2))]);
        Assert.Equal((FocusPeakKind.None, 0), (peak.Kind, peak.BestIndex));
        Assert.Null(peak.StandardDeviation);
    }

    [Fact]
    public void Find_NoPoints_IsNone() => Assert.Equal(new FocusPeak(FocusPeakKind.None, 0, null, 0, -1).Kind, FocusCurve.Find([]).Kind);

    [Theory]
    [InlineData(-3.0, FocusPeakKind.AtLowerEnd)]
    [InlineData(0.0, FocusPeakKind.AtLowerEnd)]
    [InlineData(13.0, FocusPeakKind.AtUpperEnd)]
    public void Find_MaximumBeyondAnEnd_SaysWhich(double centre, FocusPeakKind expected)
    {
        var peak = FocusCurve.Find(Curve(0, 10, 1, z => Value("lorentzian", (z - centre) / 3)));
        Assert.Equal(expected, peak.Kind);
        Assert.Equal(expected == FocusPeakKind.AtLowerEnd ? 0 : 10, peak.Z);
    }

    [Fact]
    public void Find_TwoPoints_IsTheHigherEnd() =>
        Assert.Equal(FocusPeakKind.AtUpperEnd, FocusCurve.Find([new FocusPoint(3, 1), new FocusPoint(4, 2)]).Kind);

    [Fact]
    public void Find_ThreePoints_FitsBetweenThem()
    {
        var peak = FocusCurve.Find(Curve(-1, 1, 1, z => 1 - ((z - 0.2) * (z - 0.2) / 10)));
        Assert.Equal(0.2, peak.Z, 3 * peak.StandardDeviation!.Value);
        Assert.InRange(peak.StandardDeviation.Value, 0.02, 0.5);
    }

    [Fact]
    public void Find_UnevenAndRepeatedPositionsInAnyOrder_SameAsSorted()
    {
        double[] places = [0, 0.3, 1, 1.1, 2.2, 2.2, 2.9, 3.3, 4.6, 5, 6.5, 8];
        var points = places.Select(z => new FocusPoint(z, Value("gaussian", (z - 3.4) / 1.5))).ToArray();
        var sorted = FocusCurve.Find(points);
        var shuffled = FocusCurve.Find([.. points.Reverse()]);
        Assert.Equal(3.4, sorted.Z, 0.05);
        Assert.Equal(sorted.Z, shuffled.Z, 1e-9);
        Assert.Equal(points[sorted.BestIndex], points.Reverse().ElementAt(shuffled.BestIndex));
    }

    [Fact]
    public void Find_ScaledAndShifted_MovesAlong()
    {
        var random = new Random(13);
        var points = Curve(-4, 4, 0.4, z => Value("lorentzian", z - 0.33) + (0.03 * Gaussian(random)));
        var (peak, other) = (FocusCurve.Find(points), FocusCurve.Find([.. points.Select(point => new FocusPoint(1000 + (2.5 * point.Z), -7e6 + (3e5 * point.Score)))]));
        Assert.Equal(1000 + (2.5 * peak.Z), other.Z, 1e-5);
        Assert.Equal(2.5 * peak.StandardDeviation!.Value, other.StandardDeviation!.Value, 1e-5);
    }

    [Fact]
    public void Find_OnePlaneFlickers_IsNotBelieved()
    {
        var points = Curve(-5, 5, 0.5, z => Value("gaussian", (z - 0.2) / 2)).ToArray();
        points[7] = points[7] with { Score = points[7].Score * 1.3 };
        Assert.Equal(0.2, FocusCurve.Find(points).Z, 0.15);
    }

    [Fact]
    public void Find_SecondLayer_IsToldAsSideMaximum()
    {
        var peak = FocusCurve.Find(Curve(0, 20, 0.5, z => Value("gaussian", z - 5) + (0.7 * Value("gaussian", z - 14))));
        Assert.Equal(5, peak.Z, 0.05);
        Assert.Equal(0.7, peak.SideMaximum, 0.05);
        Assert.Equal(0, FocusCurve.Find(Curve(0, 20, 0.5, z => Value("gaussian", z - 5))).SideMaximum);
    }

    [Fact]
    public void Find_PlateauOfNoise_LiesOnItAndSaysHowUncertain()
    {
        var random = new Random(14);
        var peak = FocusCurve.Find(Curve(0, 20, 0.5, z => (z is > 6 and < 14 ? 1 : Math.Exp(-Math.Pow(Math.Abs(z - 10) - 4, 2))) + (0.03 * Gaussian(random))));
        Assert.Equal(10, peak.Z, 3 * peak.StandardDeviation!.Value);
        Assert.InRange(peak.StandardDeviation.Value, 0.05, 2);
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(1, double.PositiveInfinity)]
    public void Find_NotFinite_IsRefused(double z, double score) =>
        Assert.Throws<ArgumentException>(() => FocusCurve.Find([new FocusPoint(0, 0), new FocusPoint(z, score)]));

    private static List<FocusPoint> Curve(double from, double to, double step, Func<double, double> score) =>
        [.. Enumerable.Range(0, (int)Math.Round((to - from) / step) + 1).Select(i => from + (i * step)).Select(z => new FocusPoint(z, score(z)))];

    private static double Value(string shape, double z) => shape switch
    {
        "gaussian" => Math.Exp(-z * z / 2),
        "lorentzian" => 1 / (1 + (z * z)),
        _ => 1 - (z * z / 50),
    };

    private static double Gaussian(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}

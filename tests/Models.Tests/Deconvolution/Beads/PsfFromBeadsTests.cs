using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public class PsfFromBeadsTests
{
    private const double FwhmOfSigma = 2.354820045;

    private static readonly (double Z, double Y, double X) Sigma = (2.5, 1.6, 1.8);

    private static readonly (string, object)[] Window = [("size_z", 15L), ("size_y", 17L), ("size_x", 17L)];

    [Fact]
    public void Find_BeadsBetweenVoxels_LocatesThemToATenthOfAVoxel()
    {
        (double Z, double Y, double X)[] places = [(14.3, 15.2, 16.4), (15.5, 15.7, 45), (16.25, 45.45, 20.6)];
        var scene = new BeadScene(32, 64, 64, Sigma);
        foreach (var (z, y, x) in places)
        {
            scene.Add(z, y, x, 2000);
        }

        var stack = new BeadStack(scene.ToVolume(100, noise: 15, seed: 1));
        var found = BeadFinder.Find(stack, 0.1, CancellationToken.None);

        Assert.Equal(3, found.Count);
        Assert.All(places, place => Assert.Contains(found, bead =>
            bead.Centre.IsWithin(new Position(place.Z, place.Y, place.X), new Position(0.1, 0.1, 0.1))));
    }

    [Fact]
    public void Run_OnBeadsOfAKnownPsf_GivesItBack()
    {
        var result = VolumeRun.Of("psf/from-beads", Regular(noise: 10), Window);
        var values = result.Volume.ToSingles();
        var widths = PsfWidths.Measure(values, result.Volume.Info.Shape);

        Assert.Equal(1, values.Sum(v => (double)v), 1e-5);
        Assert.Equal(values.Length / 2, Array.IndexOf(values, values.Max()));
        Assert.Equal(FwhmOfSigma * Sigma.X, widths.X, 0.1);
        Assert.Equal(FwhmOfSigma * Sigma.Y, widths.Y, 0.1);
        Assert.Equal(FwhmOfSigma * Sigma.Z, widths.Z, 0.15);
        Assert.True(Nrmse(Gaussian(new VolumeShape(15, 17, 17), Sigma), values) < 0.02);
        Assert.StartsWith("Used 9 of 9 beads.", result.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OnBeadsSeenByAConfocal_GivesItsPsfBack()
    {
        var optics = new Optics
        {
            NumericalAperture = 1.3, WavelengthNm = 520, ImmersionIndex = 1.515, Microscope = Microscope.Confocal, ExcitationWavelengthNm = 488,
        };
        var calibration = new Calibration { VoxelWidth = 0.05, VoxelHeight = 0.05, VoxelDepth = 0.12, Unit = "µm" };
        var scene = new BeadScene(25, 104, 104, Sigma) { Calibration = calibration };
        var field = new MicroscopeField(optics, 0.9, 1.6);
        for (var i = 0; i < 9; i++)
        {
            scene.Add(field, (11.6 + (0.1 * i), 17.3 + (34.2 * (i / 3)), 17.1 + (34.4 * (i % 3))), 3000);
        }

        var result = VolumeRun.Of("psf/from-beads", scene.ToVolume(200, noise: 20, seed: 5), ("size_z", 15L), ("size_y", 25L), ("size_x", 25L));
        var expected = PsfSampler.Sample(optics, new PsfGrid(15, 25, 25, 0.12, 0.05, 0.05), TestContext.Current.CancellationToken).ToSingles();

        Assert.StartsWith("Used 9 of 9 beads.", result.Warnings[0], StringComparison.Ordinal);
        Assert.True(Nrmse(expected, result.Volume.ToSingles()) < 0.05, $"{Nrmse(expected, result.Volume.ToSingles())}");
        var (wanted, got) = (PsfWidths.Measure(expected, new VolumeShape(15, 25, 25)), PsfWidths.Measure(result.Volume.ToSingles(), new VolumeShape(15, 25, 25)));
        Assert.Equal(wanted.X, got.X, 0.03 * wanted.X);
        Assert.Equal(wanted.Z, got.Z, 0.03 * wanted.Z);
    }

    [Fact]
    public void Run_OnBeadsThatTouchOrAreClippedOrOdd_LeavesThemOut()
    {
        var scene = new BeadScene(32, 120, 160, Sigma);
        for (var i = 0; i < 6; i++)
        {
            scene.Add(15.2 + (0.1 * i), 30.3, 18.4 + (24.2 * i), 1000);
        }

        scene.Add(15, 60, 20, 1000).Add(15, 66, 27, 1000);  // two that touch
        scene.Add(15, 60, 60, 1000).Add(15, 60, 64, 1000);  // a pair without a valley
        scene.Add(2, 60, 90, 1000);                         // at the edge of the stack
        scene.Add(16, 60, 120, 6000);                       // an aggregate
        scene.Add(16, 90, 90, 300);                         // a dim one
        scene.Add(16, 90, 130, 90000);                      // clipped by the detector
        var result = VolumeRun.Of("psf/from-beads", scene.ToVolume(100, noise: 5, seed: 2), [.. Window, ("threshold", 0.003)]);

        Assert.StartsWith("Used 6 of ", result.Warnings[0], StringComparison.Ordinal);
        foreach (var reason in new[] { "3 touching another", "1 clipped by the stack's edge", "1 too bright", "1 too dim", "1 clipped by the detector" })
        {
            Assert.Contains(reason, result.Warnings[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Run_WithTheImagesVoxelSize_ResamplesToIt()
    {
        var result = VolumeRun.Of("psf/from-beads", Regular(noise: 10),
            ("pixel_size", 0.13), ("z_step", 0.3), ("size_z", 9L), ("size_y", 13L), ("size_x", 13L));
        var expected = Gaussian(new VolumeShape(9, 13, 13), (Sigma.Z * 0.2 / 0.3, Sigma.Y / 1.3, Sigma.X / 1.3));

        Assert.Equal((0.13, 0.13, 0.3), Rounded(result.Volume.Info.Calibration));
        Assert.True(Nrmse(expected, result.Volume.ToSingles()) < 0.02);
    }

    [Fact]
    public void Remove_OfABallsImage_LeavesThePsf()
    {
        // A Gaussian of 1.8 voxels averaged over a ball of 4 voxels has the width 4.810 (scipy, 121³ points of the ball's cube).
        var shape = new VolumeShape(31, 31, 31);
        var blurred = BallImage(shape, sigma: 1.8, diameter: 4);
        var restored = BeadDiameter.Remove(blurred, shape, new Position(4, 4, 4));

        var before = PsfWidths.Measure([.. blurred.Select(v => (float)v)], shape).X;
        var after = PsfWidths.Measure([.. restored.Select(v => (float)v)], shape).X;
        Assert.Equal(4.81, before, 0.06);
        Assert.Equal(FwhmOfSigma * 1.8, after, 0.08);
        Assert.Equal(blurred.Sum(), restored.Sum(), 1e-3 * blurred.Sum());
    }

    [Fact]
    public void Run_OnAnEmptyStack_SaysWhatIsNeeded()
    {
        var empty = new BeadScene(32, 64, 64, Sigma).ToVolume(100, noise: 5, seed: 3);
        var refusal = Assert.Throws<InferenceException>(() => VolumeRun.Of("psf/from-beads", empty, Window));

        Assert.Equal(InferenceError.AuxiliaryInvalid, refusal.Error);
        Assert.Contains("accepted: beads well apart", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_OfAnUncalibratedStack_RefusesLengths()
    {
        var stack = new BeadScene(32, 64, 64, Sigma) { Calibration = Calibration.None }.ToVolume(100);
        var refusal = Assert.Throws<InferenceException>(() => VolumeRun.Of("psf/from-beads", stack, ("bead_diameter", 0.1)));

        Assert.Equal("parameters.bead_diameter", refusal.Field);
    }

    private static MemoryVolume Regular(double noise)
    {
        var scene = new BeadScene(32, 90, 90, Sigma);
        for (var i = 0; i < 9; i++)
        {
            scene.Add(15 + (0.13 * i), 16.1 + (28.3 * (i / 3)), 15.7 + (28.4 * (i % 3)), 1500 + (50 * i));
        }

        return scene.ToVolume(100, noise, seed: 4);
    }

    private static float[] Gaussian(VolumeShape shape, (double Z, double Y, double X) sigma)
    {
        var values = new double[shape.ElementCount];
        for (var i = 0; i < values.Length; i++)
        {
            var (row, x) = Math.DivRem(i, shape.Width);
            var (z, y) = Math.DivRem(row, shape.Height);
            var (dz, dy, dx) = ((z - (shape.Depth / 2)) / sigma.Z, (y - (shape.Height / 2)) / sigma.Y, (x - (shape.Width / 2)) / sigma.X);
            values[i] = Math.Exp(-0.5 * ((dz * dz) + (dy * dy) + (dx * dx)));
        }

        var sum = values.Sum();
        return Array.ConvertAll(values, v => (float)(v / sum));
    }

    /// <summary>A Gaussian averaged over a ball.</summary>
    private static double[] BallImage(VolumeShape shape, double sigma, double diameter)
    {
        var points = new List<(double Z, double Y, double X)>();
        for (var i = 0; i < 1000; i++)
        {
            var (z, y, x) = ((((i / 100) + 0.5) / 10) - 0.5, (((i / 10 % 10) + 0.5) / 10) - 0.5, (((i % 10) + 0.5) / 10) - 0.5);
            if ((z * z) + (y * y) + (x * x) <= 0.25)
            {
                points.Add((z * diameter, y * diameter, x * diameter));
            }
        }

        var values = new double[shape.ElementCount];
        for (var i = 0; i < values.Length; i++)
        {
            var (row, x) = Math.DivRem(i, shape.Width);
            var (z, y) = Math.DivRem(row, shape.Height);
            values[i] = points.Sum(p => Math.Exp(-0.5 * (Square(z - 15 - p.Z) + Square(y - 15 - p.Y) + Square(x - 15 - p.X)) / (sigma * sigma)));
        }

        return values;
    }

    private static double Square(double value) => value * value;

    private static double Nrmse(float[] expected, float[] actual) =>
        Math.Sqrt(expected.Zip(actual, (a, b) => Square(a - b)).Sum() / expected.Sum(a => Square(a)));

    private static (double, double, double) Rounded(Calibration calibration) => (
        Math.Round(calibration.VoxelWidth, 9), Math.Round(calibration.VoxelHeight, 9), Math.Round(calibration.VoxelDepth, 9));
}

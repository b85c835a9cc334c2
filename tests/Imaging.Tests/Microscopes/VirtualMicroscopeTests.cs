namespace InferenceBridge.Imaging.Tests.Microscopes;

public class VirtualMicroscopeTests
{
    [Fact]
    public void MoveTo_Backlash_LosesThePlayWhenItTurns()
    {
        var stage = new VirtualStage(new VirtualStageOptions { Backlash = 2 }, 0, seed: 1);

        stage.MoveTo(10);
        Assert.Equal(8, stage.Actual);
        stage.MoveTo(9);
        Assert.Equal((9.0, 8.0), (stage.Z, stage.Actual));
        stage.MoveTo(5);
        Assert.Equal(5, stage.Actual);
        stage.MoveTo(6);
        Assert.Equal(5, stage.Actual);
    }

    [Fact]
    public void MoveTo_BeyondItsEnds_IsRefusedAndStays()
    {
        var stage = new VirtualStage(new VirtualStageOptions { Minimum = -5, Maximum = 5 }, 1, seed: 1);

        Assert.Equal("z", Assert.Throws<InferenceException>(() => stage.MoveTo(5.01)).Field);
        Assert.Throws<InferenceException>(() => stage.MoveTo(double.NaN));
        Assert.Equal((1.0, 0, 2), (stage.Z, stage.Moves, stage.Refused));
    }

    [Fact]
    public void MoveTo_StuckAfterMoves_ReportsWhereItIs()
    {
        var stage = new VirtualStage(new VirtualStageOptions { StuckAfterMoves = 1 }, 0, seed: 1);
        stage.MoveTo(3);
        stage.MoveTo(4);

        Assert.Equal((3.0, 2), (stage.Z, stage.Moves));
    }

    [Fact]
    public void MoveTo_Repeatability_ScattersAsMuch()
    {
        var stage = new VirtualStage(new VirtualStageOptions { Repeatability = 0.1 }, 0, seed: 4);
        var errors = Enumerable.Range(0, 2000).Select(i =>
        {
            stage.MoveTo(i % 7);
            return stage.Actual - (i % 7);
        }).ToArray();

        Assert.Equal(0, errors.Average(), 0.01);
        Assert.Equal(0.1, Math.Sqrt(errors.Average(error => error * error)), 0.01);
    }

    [Fact]
    public void At_BetweenPlanes_IsInterpolated()
    {
        var stack = MemoryVolume.FromSingles([0, 10, 20, 30, 40, 100], new VolumeShape(3, 1, 2));
        var sample = new FocalStackSample(stack, 0.5, 1);

        Assert.Equal([0.2f, 0.3f], sample.At(0), Near);
        Assert.Equal([0.3f, 0.65f], sample.At(0.25), Near);
        Assert.Equal([0f, 0.1f], sample.At(-40), Near);
        Assert.Equal((-0.5, 0.5), sample.Range);
        static bool Near(float a, float b) => Math.Abs(a - b) < 1e-6f;
    }

    [Fact]
    public void FocalStackSample_ImpossibleStack_IsNamed()
    {
        var stack = new MemoryVolume(new VolumeInfo(new VolumeShape(3, 1, 2), PixelType.UInt8));

        Assert.Equal("z_step", Assert.Throws<InferenceException>(() => new FocalStackSample(stack, 0, 1)).Field);
        Assert.Equal("focus", Assert.Throws<InferenceException>(() => new FocalStackSample(stack, 1, 3)).Field);
        Assert.Equal("stack", Assert.Throws<InferenceException>(() => new FocalStackSample(new MemoryVolume(new VolumeInfo(new VolumeShape(1, 1, 2), PixelType.UInt8)), 1, 0)).Field);
    }

    [Fact]
    public void Snap_Camera_HasItsLevelsNoiseAndClock()
    {
        var microscope = new VirtualMicroscope(new Even(0.5f), new VirtualStageOptions { Drift = 2, LatencySeconds = 0.25 },
            new VirtualCameraOptions { PeakPhotons = 400, BackgroundPhotons = 20, ReadNoiseElectrons = 3, Gain = 2, Offset = 100, ExposureSeconds = 0.5 }, 1, 3);
        var values = new float[64 * 64];
        PixelConverter.ToSingle(microscope.Snap(), PixelType.UInt16, values);
        microscope.MoveTo(4);

        // 220 electrons of variance 229.
        Assert.Equal(540, values.Average(), 1.5);
        Assert.Equal(2 * Math.Sqrt(229), Math.Sqrt(values.Average(value => (value - 540.0) * (value - 540.0))), 1.0);
        Assert.Equal((0.75, 2.5, 1.5), (microscope.ElapsedSeconds, microscope.Focus, microscope.Defocus));
    }

    [Fact]
    public void Snap_SameSeed_IsTheSame()
    {
        static byte[] Snap(ulong seed) => new VirtualMicroscope(new Even(1), new VirtualStageOptions(), new VirtualCameraOptions(), 0, 0, seed).Snap();

        Assert.Equal(Snap(5), Snap(5));
        Assert.NotEqual(Snap(5), Snap(6));
    }

    private sealed class Even(float level) : IFocalSample
    {
        public int Height => 64;

        public int Width => 64;

        public double? PixelMicrometres => null;

        public float[] At(double defocus) => [.. Enumerable.Repeat(level, Height * Width)];
    }
}

using TorchSharp;

namespace InferenceBridge.Models.Tests;

public class MotionPriorTests
{
    [Fact]
    public void Expected_MovieThatOnlyScattersByItsErrors_IsZero()
    {
        var prior = Learned(0.05, 0.05);

        Assert.Equal(0, prior.Expected(new Displacement(0, 0.12, -0.1), Variance(0.05)).Squared);
    }

    [Fact]
    public void Expected_OneFrameThatJumpsInAStillMovie_IsKept()
    {
        var prior = Learned(0.05, 0.05);

        var expected = prior.Expected(new Displacement(0, 4, -0.1), Variance(0.05));

        Assert.Equal(4, expected.Y, 0.01);
        Assert.Equal(0, expected.X);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(1.0)]
    [InlineData(5.0)]
    public void Expected_MovieThatMoves_IsWhatWasMeasured(double motion)
    {
        var prior = Learned(motion, 0.02);

        foreach (var measured in new[] { 0.1, 0.3, motion, 3 * motion })
        {
            Assert.Equal(measured, prior.Expected(new Displacement(0, measured, 0), Variance(0.02)).Y, 0.1 * Math.Max(measured, 0.3));
        }
    }

    [Fact]
    public void Share_FieldsAsLargeAsTheirNoise_IsZeroAndOfLargeOnesAll()
    {
        var still = new FieldPrior();
        var moving = new FieldPrior();
        for (var i = 0; i < 10; i++)
        {
            still.Learn(new FieldEnergy(0.01, 1e-5), new FieldEnergy(0.01, 1e-5));
            moving.Learn(new FieldEnergy(2, 0.002), new FieldEnergy(0.01, 1e-5));
        }

        still.Update();
        moving.Update();

        Assert.Equal(0, still.Share(new FieldEnergy(0.02, 0), new FieldEnergy(0.01, 0)));
        Assert.True(moving.Share(new FieldEnergy(2, 0), new FieldEnergy(0.01, 0)) > 0.98);
        Assert.True(moving.Slope > still.Slope);
    }

    [Fact]
    public void Until_AnyFrame_LeadsToTheNextUpdate()
    {
        for (var frames = 0L; frames < 200; frames++)
        {
            var next = frames + LearningSchedule.Until(frames);

            Assert.True(LearningSchedule.IsDue(next));
            Assert.DoesNotContain(Enumerable.Range(1, (int)(next - frames) - 1), i => LearningSchedule.IsDue(frames + i));
        }
    }

    [Fact]
    public void HalfPixel_SmoothedImage_EqualsARealShift()
    {
        using var scope = torch.NewDisposeScope();
        var image = torch.tensor(new SyntheticMotion(5, 1, 96, 80).Frame(0, 0, 0, 30, new Random(1)), [1, 96, 80]);

        var control = HalfPixel.Of(SmoothedImage.Of(image));

        // Half a pixel there and, smoothing nothing, back again by whole frequencies: the same smoothing without the shift.
        var there = Resampler.Shift(image, new Displacement(0, 0.5, 0.5), Interpolation.Bilinear);
        var back = torch.fft.rfft2(there);
        var phase = torch.fft.fftfreq(96).unsqueeze(1).add(torch.fft.rfftfreq(80).unsqueeze(0)).mul(-Math.PI);
        var expected = SmoothedImage.Of(torch.fft.irfft2(back.mul(torch.complex(phase.cos(), phase.sin())), [96, 80]));
        var (a, b) = (control.narrow(0, 6, 36).narrow(1, 6, 28), expected.narrow(0, 6, 36).narrow(1, 6, 28));
        Assert.True(a.sub(b).abs().max().item<float>() < 0.003 * b.max().item<float>());
        Assert.True(a.sub(SmoothedImage.Of(image).narrow(0, 6, 36).narrow(1, 6, 28)).abs().max().item<float>() > 0.005 * b.max().item<float>());
    }

    private static MotionPrior Learned(double motion, double error)
    {
        var random = new Random(1);
        var prior = new MotionPrior();
        for (var i = 0; i < 400; i++)
        {
            var (y, x) = (2 * Math.Sqrt(3) * motion * (random.NextDouble() - 0.5), 2 * Math.Sqrt(3) * motion * (random.NextDouble() - 0.5));
            prior.Learn(new Displacement(0, y, x), Variance(error));
        }

        prior.Update();
        return prior;
    }

    private static Displacement Variance(double error) => new(0, error * error, error * error);
}

namespace InferenceBridge.Imaging.Tests;

public class PhantomTests
{
    private static readonly PhantomOptions Small = new() { Depth = 9, Height = 40, Width = 48 };

    public static TheoryData<PhantomKind> Kinds => [.. Enum.GetValues<PhantomKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Create_Kind_HasStructureAndKeepsItsScale(PhantomKind kind)
    {
        var sample = Create(Small with { Kind = kind });
        var (truth, blurred) = (sample.Truth.ToSingles(), sample.Blurred.ToSingles());

        Assert.All(truth, value => Assert.True(value >= 0 && float.IsFinite(value)));
        Assert.Equal(Small.PeakPhotons + Small.BackgroundPhotons, blurred.Max(), 0.01);
        Assert.True(blurred.Min() >= Small.BackgroundPhotons - 1e-4);
        Assert.True(truth.Max() > Small.PeakPhotons, "Blurring lowers the peak.");
        Assert.Equal((PixelType.Float32, PixelType.Float32, PixelType.UInt16),
            (sample.Truth.Info.PixelType, sample.Blurred.Info.PixelType, sample.Noisy.Info.PixelType));
        Assert.Equal((0.08, 0.25), (sample.Noisy.Info.Calibration.VoxelWidth, sample.Noisy.Info.Calibration.VoxelDepth));
        Assert.Equal(0, sample.SaturatedPixels);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Create_SameSeed_IsTheSameAndAnotherIsNot(PhantomKind kind)
    {
        var first = Create(Small with { Kind = kind }).Noisy.ToSingles();

        Assert.Equal(first, Create(Small with { Kind = kind }).Noisy.ToSingles());
        Assert.NotEqual(first, Create(Small with { Kind = kind, Seed = 2 }).Noisy.ToSingles());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Create_OneVoxel_Works(PhantomKind kind)
    {
        var sample = Create(new PhantomOptions { Kind = kind, Depth = 1, Height = 1, Width = 1 });

        Assert.True(float.IsFinite(sample.Blurred.ToSingles()[0]));
    }

    [Fact]
    public void Create_Blurred_IsTruthConvolvedWithThePsf()
    {
        // Voxels so far inside that no light from outside of the field of view reaches them.
        var sample = Create(Small with { BackgroundPhotons = 0, Width = 40, Depth = 25 });
        var (truth, blurred, psf) = (sample.Truth.ToSingles(), sample.Blurred.ToSingles(), sample.Psf.ToSingles());
        var kernel = sample.Psf.Info.Shape;
        var (rz, ry, rx) = (kernel.Depth / 2, kernel.Height / 2, kernel.Width / 2);
        foreach (var (z, y, x) in new[] { (12, 20, 20), (10, 15, 22), (14, 26, 17) })
        {
            var sum = 0.0;
            for (var i = 0; i < psf.Length; i++)
            {
                var (rest, kx) = Math.DivRem(i, kernel.Width);
                var (kz, ky) = Math.DivRem(rest, kernel.Height);
                sum += psf[i] * (double)truth[((((z + kz - rz) * 40) + y + ky - ry) * 40) + x + kx - rx];
            }

            Assert.Equal(sum, blurred[(((z * 40) + y) * 40) + x], 1e-3);
        }
    }

    [Fact]
    public void Create_Noise_IsPoissonPlusGaussian()
    {
        var options = new PhantomOptions
        {
            Kind = PhantomKind.Beads,
            Depth = 2,
            Height = 200,
            Width = 200,
            PeakPhotons = 1e-3, // nothing but background
            BackgroundPhotons = 50,
            ReadNoiseElectrons = 4,
            Gain = 3,
            Offset = 200,
        };
        var values = Create(options).Noisy.ToSingles();
        var mean = values.Average(value => (double)value);
        var variance = values.Average(value => Math.Pow(value - mean, 2));

        // 200 + 3 · 50; 9 · (50 + 16), and 1/12 for rounding.
        Assert.Equal(350, mean, 0.5);
        Assert.Equal(594.1, variance, 15.0);
    }

    [Fact]
    public void Create_TooBright_CountsSaturation()
    {
        var sample = Create(Small with { PeakPhotons = 1e6 });

        Assert.True(sample.SaturatedPixels > 0);
        Assert.Equal(65535, sample.Noisy.ToSingles().Max());
    }

    [Theory]
    [InlineData("peak_photons")]
    [InlineData("gain")]
    [InlineData("read_noise")]
    [InlineData("background_photons")]
    [InlineData("offset")]
    [InlineData("kind")]
    [InlineData("voxel_size_z")]
    [InlineData("sample.size_y")]
    public void Create_OptionOutOfRange_NamesIt(string field)
    {
        var options = field switch
        {
            "peak_photons" => Small with { PeakPhotons = 0 },
            "gain" => Small with { Gain = double.NaN },
            "read_noise" => Small with { ReadNoiseElectrons = -1 },
            "background_photons" => Small with { BackgroundPhotons = double.PositiveInfinity },
            "offset" => Small with { Offset = 70000 },
            "kind" => Small with { Kind = (PhantomKind)9 },
            "voxel_size_z" => Small with { VoxelSizeZ = 0 },
            _ => Small with { Height = 0 },
        };

        Assert.Equal(field, Assert.Throws<InferenceException>(() => Create(options)).Field);
    }

    private static PhantomSample Create(PhantomOptions options) => Phantom.Create(options, TestContext.Current.CancellationToken);
}

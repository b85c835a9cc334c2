using InferenceBridge.Imaging;
using InferenceBridge.Models.Training;

namespace InferenceBridge.Models.Tests;

public sealed class BadTrainingDataTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ib-train-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_SingleImageForPairs_NamesTheModesThatTakeIt()
    {
        var path = Write("one.tif", 1, 64, 64, Noise);
        Refused(Options(DenoisingMode.Supervised, path), "clean", InferenceError.InputMissing, "noise2void");
        Refused(Options(DenoisingMode.Noise2Noise, path), path, InferenceError.ShapeMismatch, "noise2void");
        Refused(Options(DenoisingMode.Neighbours, path), path, InferenceError.ShapeMismatch, "noise2void");
    }

    [Fact]
    public void Load_ImageSmallerThanTheCrop_NamesFileAndSizes()
    {
        var path = Write("small.tif", 3, 31, 64, Noise);
        Refused(Options(DenoisingMode.Noise2Void, path), path, InferenceError.ShapeMismatch, "31×64");
    }

    [Fact]
    public void Load_ConstantImage_NamesTheFile()
    {
        var path = Write("flat.tif", 1, 64, 64, _ => 5);
        Refused(Options(DenoisingMode.Noise2Void, path), path, InferenceError.ParameterOutOfRange, "5 everywhere");
    }

    [Fact]
    public void Load_NaN_NamesFileAndPlace()
    {
        var path = Write("nan.tif", 2, 64, 64, i => i == (64 * 64) + (64 * 3) + 7 ? float.NaN : Noise(i));
        Refused(Options(DenoisingMode.Noise2Void, path), path, InferenceError.ValueNotFinite, "plane 1, row 3, column 7");
    }

    [Fact]
    public void Load_NoImages_NamesTheFolder()
    {
        Refused(Options(DenoisingMode.Noise2Void, _folder), "data", InferenceError.FileUnreadable, _folder);
        Refused(Options(DenoisingMode.Noise2Void, Name("absent")), "data", InferenceError.FileUnreadable, "absent");
    }

    [Fact]
    public void Load_NoCleanPartner_NamesTheImage()
    {
        Directory.CreateDirectory(Name("noisy"));
        Directory.CreateDirectory(Name("clean"));
        Write("noisy/a.tif", 1, 64, 64, Noise);
        Write("noisy/b.tif", 1, 64, 64, Noise);
        Write("clean/a.tif", 1, 64, 64, Noise);
        Refused(Options(DenoisingMode.Supervised, _folder), "clean", InferenceError.InputMissing, "b.tif");
    }

    [Fact]
    public void Load_PairOfOtherSizes_NamesBoth()
    {
        var (noisy, clean) = (Write("n.tif", 1, 64, 64, Noise), Write("c.tif", 1, 64, 63, Noise));
        Refused(Options(DenoisingMode.Supervised, noisy) with { Clean = clean }, clean, InferenceError.ShapeMismatch, "64×63");
    }

    [Fact]
    public void Load_PairOfOtherFields_NamesTheCleanImage()
    {
        var (noisy, clean) = (Write("n.tif", 1, 64, 64, Noise), Write("c.tif", 1, 64, 64, i => -Noise(i)));
        Refused(Options(DenoisingMode.Supervised, noisy) with { Clean = clean }, clean, InferenceError.ParameterOutOfRange, "nothing in common");
    }

    [Fact]
    public void Load_DamagedFile_NamesIt()
    {
        File.WriteAllText(Name("broken.tif"), "no image");
        Assert.Equal(InferenceError.FileFormatInvalid,
            Assert.Throws<InferenceException>(() => Load(Options(DenoisingMode.Noise2Void, _folder))).Error);
    }

    [Theory]
    [InlineData("steps")]
    [InlineData("channels")]
    [InlineData("crop")]
    [InlineData("validation")]
    [InlineData("loss")]
    [InlineData("learning-rate")]
    [InlineData("data")]
    public void Validate_OptionOutOfRange_NamesIt(string field)
    {
        var good = Options(DenoisingMode.Noise2Void, "x");
        var fault = Assert.Throws<InferenceException>(() => (field switch
        {
            "steps" => good with { Minutes = 3 },
            "channels" => good with { Channels = 2 },
            "crop" => good with { Crop = 8 },
            "validation" => good with { Validation = 1 },
            "loss" => good with { Loss = "mse+0.1*ssim" },
            "learning-rate" => good with { LearningRate = double.NaN },
            _ => good with { Data = null },
        }).Validate());
        Assert.Equal(field, fault.Field);
        good.Validate();
    }

    [Fact]
    public void Run_ReportFolderIsAFile_NamesIt()
    {
        var path = Write("image.tif", 1, 64, 64, Noise);
        var options = Options(DenoisingMode.Noise2Void, path) with { ReportFolder = Path.Combine(path, "report") };
        var fault = Assert.Throws<InferenceException>(() => DenoisingTraining.Run(options, null, CancellationToken.None));
        Assert.Equal(("report", InferenceError.FileUnwritable), (fault.Field, fault.Error));
    }

    [Fact]
    public void Run_ResumeWithoutACheckpoint_SaysSo()
    {
        var options = Options(DenoisingMode.Noise2Void, Write("image.tif", 1, 64, 64, Noise)) with { Resume = true };
        Assert.Equal("resume", Assert.Throws<InferenceException>(() => DenoisingTraining.Run(options, null, CancellationToken.None)).Field);
    }

    // The same for a pixel in every file.
    private static float Noise(int i) => (float)(100 + (40 * Math.Sin(i % 64 / 6d)) + (12 * Math.Sin(12.9898 * i * i)));

    private static DenoisingData Load(DenoisingTrainingOptions options) => new DenoisingDataLoader(options, CancellationToken.None).Load();

    private static void Refused(DenoisingTrainingOptions options, string field, InferenceError error, string part)
    {
        var fault = Assert.Throws<InferenceException>(() => Load(options));
        Assert.Equal((field, error), (fault.Field, fault.Error));
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
        Assert.Contains("ccepted", fault.Message, StringComparison.Ordinal);
    }

    private DenoisingTrainingOptions Options(DenoisingMode mode, string data) =>
        new() { Mode = mode, Data = data, Steps = 1, Crop = 32, ReportFolder = Name("report") };

    private string Name(string name) => Path.Combine(_folder, name);

    private string Write(string name, int depth, int height, int width, Func<int, float> value)
    {
        var volume = MemoryVolume.FromSingles(Enumerable.Range(0, depth * height * width).Select(value).ToArray(), new VolumeShape(depth, height, width));
        using var writer = VolumeFile.Create(Name(name), volume.Info);
        for (var z = 0; z < depth; z++)
        {
            writer.WriteRows(z, 0, height, volume.Plane(z).Span);
        }

        writer.Complete();
        return Name(name);
    }
}

using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public class PollenPsfTests
{
    // What the file's source was called with: NA 1.4, 610 nm, immersion 1.5, sample 1.33, 100 nm and 250 nm voxels, a point on
    // the coverslip. The point lies between the voxels: at 8.5, 63.5, 63.5.
    [Fact]
    public void Profile_OfTheOpticsOfThePollen_IsTheGibsonLanniPsfThatComesWithIt()
    {
        using var file = VolumeFile.OpenRead(RealData.Require("deconvolution/pollen_and_celegans/gibsonlanni_psf.tif"));
        using var volume = MemoryVolume.From(file);
        var (shape, expected) = (file.Info.Shape, volume.ToSingles());
        Assert.Equal(new VolumeShape(18, 128, 128), shape);
        var optics = new Optics
        {
            NumericalAperture = 1.4, WavelengthNm = 610, ImmersionIndex = 1.5, Model = PsfModel.GibsonLanni,
            Mount = new SampleMount { SampleIndex = 1.33 },
        };
        var field = new MicroscopeField(optics, 9.1, 2.2);
        var actual = new double[expected.Length];
        for (var z = 0; z < shape.Depth; z++)
        {
            var profile = field.Profile((z - 8.5) * 0.25);
            for (var i = 0; i < 128 * 128; i++)
            {
                actual[(z * 128 * 128) + i] = profile.At(0.1 * Math.Sqrt(Math.Pow((i / 128) - 63.5, 2) + Math.Pow((i % 128) - 63.5, 2)));
            }
        }

        var (sum, norm) = (expected.Sum(v => (double)v) / actual.Sum(), Math.Sqrt(expected.Sum(v => (double)v * v)));
        var error = Math.Sqrt(expected.Zip(actual, (e, a) => Math.Pow(e - (a * sum), 2)).Sum()) / norm;
        Assert.True(error < 0.03, $"The normalised error is {error:0.####}.");
    }
}

using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public class ObjectGridTests
{
    // Light by plane 0.005, 0.01, 0.97, 0.01, 0.005, centre 2. Image voxel 0 sees voxel −1 through planes 3 and 4 (0.015) and −2 only through
    // plane 4 (0.005). Half of the light would come back into the image from −1 if the period were shorter than 10 + 1 + 2.
    [Fact]
    public void Padded_FaintRim_LeavesOutWhatTheImageHardlySees()
    {
        Assert.Equal(new AxisReach(10, 1, 1, 14), AxisReach.Padded(10, [0.005, 0.01, 0.97, 0.01, 0.005], 2));
    }

    [Theory]
    [InlineData(10, 5, 2, 2, 2, 14)]
    [InlineData(10, 4, 2, 1, 2, 14)]
    [InlineData(10, 4, 0, 3, 0, 14)]
    [InlineData(3, 1, 0, 0, 0, 3)]
    public void Padded_EvenLight_ReachesAsFarAsThePsf(int image, int psf, int centre, int before, int after, int length)
    {
        var reach = new AxisReach(image, before, after, length);

        Assert.Equal(reach, AxisReach.Padded(image, [.. Enumerable.Repeat(1.0 / psf, psf)], centre));
        Assert.Equal(reach, AxisReach.Largest(image, psf, centre));
    }

    [Fact]
    public void Trim_DarkFaces_AreCutOffAndTheCentreMoves()
    {
        var values = new float[3 * 4 * 5];
        values[(((1 * 4) + 2) * 5) + 1] = 0.25f;
        values[(((1 * 4) + 3) * 5) + 2] = 0.75f;
        values[0] = 1e-8f;

        var trimmed = PsfLight.Trim(new PointSpreadFunction(values, new VolumeShape(3, 4, 5), (1, 2, 3), "test"));

        // Columns 1 and 2 hold light, and column 3 is the centre's.
        Assert.Equal(new VolumeShape(1, 2, 3), trimmed.Shape);
        Assert.Equal((0, 0, 2), trimmed.Centre);
        Assert.Equal([0.25f, 0, 0, 0, 0.75f, 0], trimmed.Values);
    }

    [Theory]
    [InlineData(5, 9, 7, 3, 4, 5)]
    [InlineData(3, 3, 3, 3, 3, 3)]
    [InlineData(8, 2, 6, 1, 2, 5)]
    public void Divide_AnyPiece_DividesByTheLightThatReachesTheImage(int depth, int height, int width, int psfDepth, int psfHeight, int psfWidth)
    {
        var values = Sample.Psf(psfDepth, psfHeight, psfWidth);
        var psf = new PointSpreadFunction([.. values.Cast<double>().Select(value => (float)value)], new VolumeShape(psfDepth, psfHeight, psfWidth),
            (psfDepth / 2, psfHeight / 2, psfWidth / 2), "test");
        var grid = ObjectGrid.Padded(depth, height, width, psf);
        using var coverage = new Coverage(psf, grid, TorchSharp.torch.CPU);
        var expected = Sample.Fill(grid.Z.Object, grid.Y.Object, grid.X.Object, (z, y, x) =>
        {
            var sum = Seen(values, (z - grid.Z.Before, y - grid.Y.Before, x - grid.X.Before), (depth, height, width), psf.Centre);
            return sum < AxisReach.SmallestCoverage ? 0 : 1 / sum;
        });

        foreach (var length in new[] { 1, 3 })
        {
            using var ones = TorchSharp.torch.ones([grid.Z.Object, grid.Y.Object, grid.X.Object]);
            foreach (var piece in Piece.Cut(grid.Z.Object, length))
            {
                using var planes = ones.narrow(0, piece.Start, piece.Length);
                coverage.Divide(planes, piece);
            }

            Near.Equal(expected, ones.data<float>().ToArray(), 1e-5);
        }
    }

    // A cube of 64 planes and a PSF of 31 with light up to its faces: object 94x542x542, period 96x560x560.
    [Fact]
    public void MostElements_LargePsf_StaysBelowSixVolumes()
    {
        var grid = ObjectGrid.Largest(64, 512, 512, new VolumeShape(31, 31, 31));
        var options = new RichardsonLucyOptions(10, 0, false, false);
        var volume = 64 * 512 * 512.0;
        double Arrays(int transferPlanes) => volume + (94 * 542 * 542.0) + ((94 + transferPlanes) * 560 * 281 * 2.0);

        Assert.True(Arrays(96) > 6 * volume);
        Assert.True(Arrays(31) < 5 * volume);
        Assert.False(WorkingArrays.KeepWholeTransfer(grid, 31, options));
        Assert.Equal(Arrays(31), WorkingArrays.MostElements(grid, 31, options), 1.0);
        Assert.True(WorkingArrays.KeepWholeTransfer(ObjectGrid.Periodic(64, 512, 512), 31, options));
    }

    private static double Seen(double[,,] psf, (int Z, int Y, int X) voxel, (int Depth, int Height, int Width) image, (int Z, int Y, int X) centre)
    {
        var sum = 0.0;
        for (var z = 0; z < psf.GetLength(0); z++)
        {
            for (var y = 0; y < psf.GetLength(1); y++)
            {
                for (var x = 0; x < psf.GetLength(2); x++)
                {
                    var (atZ, atY, atX) = (voxel.Z + z - centre.Z, voxel.Y + y - centre.Y, voxel.X + x - centre.X);
                    sum += atZ >= 0 && atZ < image.Depth && atY >= 0 && atY < image.Height && atX >= 0 && atX < image.Width ? psf[z, y, x] : 0;
                }
            }
        }

        return sum;
    }
}

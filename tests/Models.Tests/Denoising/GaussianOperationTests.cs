using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Tests;

public class GaussianOperationTests
{
    private const double Tolerance = 1e-6;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Process_SameImageAsScipy_GivesItsValues(int number)
    {
        var peer = PeerValues.Case("gaussian", number);
        var run = new OperationRun("denoise/gaussian", ("sigma_xy", peer.GetProperty("sigma_xy").GetDouble()),
            ("sigma_z", peer.GetProperty("sigma_z").GetDouble()), ("edges", peer.GetProperty("edges").GetString()!));

        Near.Equal(peer.Doubles("values"), run.Whole(peer.Image()), Tolerance);
    }

    [Theory]
    [InlineData(1, 1, 1, 2.0, 1.0, "reflect")]
    [InlineData(1, 1, 13, 1.5, 0.7, "reflect")]
    [InlineData(2, 17, 1, 3.0, 2.0, "nearest")]
    [InlineData(7, 5, 11, 0.6, 1.1, "nearest")]
    [InlineData(1, 3, 4, 5.0, 0.0, "reflect")]
    public void Process_AnyShape_EqualsReference(int depth, int height, int width, double sigmaXy, double sigmaZ, string edges)
    {
        var image = Sample.Image(depth, height, width);

        var result = new OperationRun("denoise/gaussian", ("sigma_xy", sigmaXy), ("sigma_z", sigmaZ), ("edges", edges)).Whole(image);

        Near.Equal(FilterReference.Gaussian(image, sigmaXy, sigmaZ, edges == "nearest"), result, Tolerance);
    }

    [Fact]
    public void Process_LargerThanACacheBlock_EqualsReference()
    {
        var image = Sample.Image(3, 151, 149);

        var result = new OperationRun("denoise/gaussian", ("sigma_xy", 0.5), ("sigma_z", 0.5)).Whole(image);

        Near.Equal(FilterReference.Gaussian(image, 0.5, 0.5), result, Tolerance);
    }

    [Fact]
    public void Process_BothSigmasZero_ReturnsTheImage()
    {
        var image = Sample.Image(2, 5, 7);

        Assert.Equal(Sample.ToSingles(image), new OperationRun("denoise/gaussian", ("sigma_xy", 0.0)).Whole(image));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65535)]
    public void Process_ConstantImage_StaysConstant(double value)
    {
        var image = Sample.Fill(3, 9, 8, (_, _, _) => value);

        Near.Equal(image, new OperationRun("denoise/gaussian", ("sigma_z", 2.0)).Whole(image), Tolerance);
    }

    [Fact]
    public void Process_TileByTile_EqualsWhole()
    {
        var image = Sample.Image(13, 40, 37);
        var run = new OperationRun("denoise/gaussian", ("sigma_xy", 1.2), ("sigma_z", 0.9));

        Near.Equal(run.Whole(image), run.Tiled(image, 6000), Tolerance);
    }

    [Fact]
    public void Plan_Sigmas_HaloIsFourOfThemRounded()
    {
        var plan = new OperationRun("denoise/gaussian", ("sigma_xy", 1.6), ("sigma_z", 0.4)).Plan(new VolumeShape(9, 9, 9));

        Assert.Equal(new Halo(2, 6, 6), plan.Halo);
    }
}

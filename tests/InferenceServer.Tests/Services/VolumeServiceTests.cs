using InferenceBridge.Imaging;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Services;

public sealed class VolumeServiceTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData(PixelType.UInt8)]
    [InlineData(PixelType.UInt16)]
    [InlineData(PixelType.Float64)]
    public async Task Process_Identity_ReturnsTheSamePixels(PixelType type)
    {
        var image = Requests.Ramp(new VolumeShape(2, 2, 3, 7, 5), type);
        var outcome = await fixture.Server.ProcessAsync(Requests.Run("diagnostic/identity", image));
        Assert.Equal(image.ToSingles(), outcome.Result().ToSingles());
        Assert.Equal("diagnostic/identity", outcome.Summary.Operation);
        Assert.Equal(2 * 2 * 3 * 7 * 5, outcome.Summary.Voxels);
        Assert.Equal("cpu", outcome.Summary.Device);
    }
}

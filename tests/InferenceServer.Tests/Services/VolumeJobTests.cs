using InferenceBridge.Imaging;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Services;

public sealed class VolumeJobTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Process_PsfFromOptics_AnnouncesAndSendsAVolumeOfItsOwnShape()
    {
        var image = Requests.Ramp(new VolumeShape(9, 24, 20), PixelType.UInt8);
        var messages = Requests.Run("psf/born-wolf", image).ToArray();
        foreach (var (name, value) in new[] { ("na", 1.2), ("wavelength", 520), ("index", 1.33) })
        {
            messages[0].Declaration.Parameters[name] = new Proto.ParameterValue { Number = value };
        }

        var outcome = await fixture.Server.ProcessAsync(messages);

        Assert.Equal((9, 23, 19), (outcome.Accepted.Result.SizeZ, outcome.Accepted.Result.SizeY, outcome.Accepted.Result.SizeX));
        Assert.Equal(Proto.PixelType.Float32, outcome.Accepted.Result.PixelType);
        Assert.Equal((0.1, 0.3), (outcome.Accepted.Result.VoxelSizeXUm, outcome.Accepted.Result.VoxelSizeZUm));
        Assert.Equal(1, outcome.Accepted.TilePlan.Tiles);
        Assert.Equal(1, outcome.Result().ToSingles().Sum(v => (double)v), 1e-5);
        Assert.Equal(19, outcome.Summary.Parameters["size_x"].Integer);
    }
}

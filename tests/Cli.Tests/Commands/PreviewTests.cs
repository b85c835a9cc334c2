using System.Buffers.Binary;
using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests.Commands;

public sealed class PreviewTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Preview_OneFile_WritesAPng()
    {
        var result = await Tool.RunAsync("preview", Stack("a.tif"), _folder["a.png"]);
        Assert.Equal((0, "", _folder["a.png"] + Environment.NewLine), (result.Code, result.Error, result.Output));
        Assert.Equal(["a.png", "a.tif"], _folder.Names);
        Assert.True(PngWidth("a.png") > 64);
    }

    [Fact]
    public async Task Preview_TwoFiles_StandSideBySide()
    {
        var (a, b) = (Stack("a.tif"), Stack("b.tif"));
        await Tool.RunAsync("preview", a, _folder["one.png"], "--caption", "before");
        var result = await Tool.RunAsync("preview", a, _folder["two.png"], "--beside", b, "--caption", "before", "--caption", "after");
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.InRange(PngWidth("two.png"), (2 * PngWidth("one.png")) - 32, 2 * PngWidth("one.png"));
    }

    [Fact]
    public async Task Preview_NameThatIsNoPng_IsRefused() =>
        Assert.Contains(".png", await Tool.RefuseAsync(2, "preview", Stack("a.tif"), _folder["a.jpg"]), StringComparison.Ordinal);

    [Fact]
    public async Task Preview_MoreCaptionsThanFiles_IsRefused() => Assert.Contains("--caption", await Tool.RefuseAsync(
        2, "preview", Stack("a.tif"), _folder["a.png"], "--caption", "x", "--caption", "y"), StringComparison.Ordinal);

    [Fact]
    public async Task Preview_FolderMissing_IsRefused() => Assert.Contains("does not exist", await Tool.RefuseAsync(
        2, "preview", Stack("a.tif"), _folder["none/a.png"]), StringComparison.Ordinal);

    private string Stack(string name) => _folder.WriteStack(name, new VolumeShape(4, 64, 64), i => (ushort)(i % 251));

    private int PngWidth(string name)
    {
        var bytes = File.ReadAllBytes(_folder[name]);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], bytes[..4]);
        return BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16));
    }
}

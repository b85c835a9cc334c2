using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests.Commands;

public sealed class MetricsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Metrics_OffByOne_GivesThePsnrOfMeanSquaredErrorOne()
    {
        // Range 255 and an error of 1 everywhere: 20 log10(255) = 48.1308 dB.
        var (result, reference) = Pair();
        var metrics = await Tool.RunJsonAsync("metrics", result, reference);
        Assert.Equal(48.1308, metrics.GetProperty("psnr_db").GetDouble(), 1e-4);
        Assert.Equal(255, metrics.GetProperty("data_range").GetDouble());
        Assert.InRange(metrics.GetProperty("ssim").GetDouble(), 0.99, 0.99999);
        Assert.False(metrics.GetProperty("fit").GetBoolean());
        Assert.Equal(1, metrics.GetProperty("gain").GetDouble());
    }

    [Fact]
    public async Task Metrics_Fit_FindsTheOffset()
    {
        var (result, reference) = Pair();
        var metrics = await Tool.RunJsonAsync("metrics", result, reference, "--fit");
        Assert.Equal(-1, metrics.GetProperty("offset").GetDouble(), 1e-9);
        Assert.Equal(1, metrics.GetProperty("gain").GetDouble(), 1e-9);
        Assert.Equal(0, metrics.GetProperty("nrmse").GetDouble(), 1e-9);
    }

    [Fact]
    public async Task Metrics_Equal_SaysInfinityAsText()
    {
        var reference = Pair().Reference;
        Assert.Equal("Infinity", (await Tool.RunJsonAsync("metrics", reference, reference)).GetProperty("psnr_db").GetString());
        Assert.Contains("∞ dB (equal)", (await Tool.RunAsync("metrics", reference, reference)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_OtherShape_IsRefused()
    {
        var other = _folder.WriteStack("other.tif", new VolumeShape(1, 16, 8), i => (ushort)i);
        Assert.Contains("accepted: equal shapes", await Tool.RefuseAsync(2, "metrics", other, Pair().Reference), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_ConstantReference_NamesTheOptionThatHelps()
    {
        var constant = _folder.WriteStack("constant.tif", new VolumeShape(1, 16, 16), _ => 5);
        var message = await Tool.RefuseAsync(2, "metrics", Pair().Result, constant);
        Assert.Equal("ib: --range cannot be taken from the reference, which is 5 everywhere; accepted: a number above 0.", message);
        Assert.Contains("--range is -1; accepted", await Tool.RefuseAsync(2, "metrics", constant, constant, "--range", "-1"), StringComparison.Ordinal);
    }

    private (string Result, string Reference) Pair()
    {
        var shape = new VolumeShape(1, 16, 16);
        return (_folder.WriteStack("result.tif", shape, i => (ushort)(i + 1)), _folder.WriteStack("reference.tif", shape, i => (ushort)i));
    }
}

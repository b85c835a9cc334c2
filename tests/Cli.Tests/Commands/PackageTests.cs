using InferenceBridge.Cli.Tests.Support;

namespace InferenceBridge.Cli.Tests.Commands;

public class PackageTests
{
    [Fact]
    public async Task Check_PublishedPackage_PassesWithItsProvenance()
    {
        var report = await Tool.RunJsonAsync("package", "check", RealData.Require("models/unet2d_multi_tensor"));

        Assert.True(report.GetProperty("passed").GetBoolean());
        Assert.Equal(2, report.GetProperty("outputs").GetArrayLength());
        Assert.Equal("CC-BY-4.0", report.GetProperty("provenance").GetProperty("licence").GetString());
    }

    [Fact]
    public async Task Check_InvalidDescription_IsRefusedWithItsReason()
    {
        var path = RealData.Require("models/unet2d_nuclei_broad/invalid_v0_4_0_duplicate_tensor_names.bioimageio.yaml");
        Assert.Contains("outputs[0].name is \"data\", as inputs[0] is named already", await Tool.RefuseAsync(2, "package", "check", path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_NoFolder_IsRefused() =>
        Assert.Contains("does not exist", await Tool.RefuseAsync(2, "package", "check", "/nowhere/at/all"), StringComparison.Ordinal);

    [Fact]
    public async Task Test_ShippedPackages_Pass()
    {
        Assert.Contains("denoise/rauden-lite", (await Tool.RunAsync("package", "test")).Output, StringComparison.Ordinal);
        Assert.Contains("of no package", await Tool.RefuseAsync(2, "package", "test", "denoise/nlm"), StringComparison.Ordinal);
        Assert.StartsWith("OPERATION", (await Tool.RunAsync("package", "list")).Output, StringComparison.Ordinal);
    }
}

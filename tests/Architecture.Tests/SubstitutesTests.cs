using System.Diagnostics;
using System.Text.Json;

namespace InferenceBridge.Architecture.Tests;

/// <summary>Nothing outside of substitutes/ knows of them, and a switch takes the real packages instead.</summary>
public class SubstitutesTests
{
    [Fact]
    public void Sources_OutsideSubstitutes_DoNotNameThem()
    {
        var offenders = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(path => File.ReadAllText(path).Contains("substitutes", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(offenders);
    }

    [Theory]
    [InlineData("src/Models/Models.csproj", "TorchSharp")]
    [InlineData("src/Imaging/Imaging.csproj", "BitMiracle.LibTiff.NET")]
    [InlineData("src/ClientSdk/ClientSdk.csproj", "Grpc.Core.Api")]
    public async Task Build_ByDefault_TakesTheSubstitute(string project, string package)
    {
        var (packages, projects) = await EvaluateAsync(project, "UseRegistryPackages=false");
        Assert.DoesNotContain(package, packages);
        Assert.Contains(package, projects);
    }

    [Theory]
    [InlineData("src/Models/Models.csproj", "TorchSharp")]
    [InlineData("src/Models/Models.csproj", "TorchSharp-cuda-linux")]
    [InlineData("src/Imaging/Imaging.csproj", "BitMiracle.LibTiff.NET")]
    [InlineData("src/ClientSdk/ClientSdk.csproj", "Grpc.Net.Client")]
    public async Task Build_UseRegistryPackages_TakesThePackage(string project, string package)
    {
        var (packages, projects) = await EvaluateAsync(project, "UseRegistryPackages=true", "TorchPackage=TorchSharp-cuda-linux");
        Assert.Contains(package, packages);
        Assert.DoesNotContain(package, projects);
    }

    private static async Task<(string[] Packages, string[] Projects)> EvaluateAsync(string project, params string[] properties)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[] { "msbuild", Path.Combine(Repository.Root, project), "-getItem:PackageReference", "-getItem:ProjectReference" }
            .Concat(properties.Select(property => $"-p:{property}")))
        {
            start.ArgumentList.Add(argument);
        }

        // The test host's own MSBuild settings must not leak into the evaluation.
        foreach (var name in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);

        using var json = JsonDocument.Parse(output);
        string[] Names(string item) => [.. json.RootElement.GetProperty("Items").GetProperty(item).EnumerateArray()
            .Select(entry => entry.GetProperty("Identity").GetString()!)];
        return (Names("PackageReference"), [.. Names("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))]);
    }
}

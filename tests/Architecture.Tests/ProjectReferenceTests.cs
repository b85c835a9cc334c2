namespace InferenceBridge.Architecture.Tests;

/// <summary>Who may depend on whom. docs/architecture.md explains why.</summary>
public class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Protocol"] = [],
        ["Imaging"] = [],
        ["Models"] = ["Imaging"],
        ["ClientSdk"] = ["Protocol", "Imaging"],
        ["InferenceServer"] = ["Protocol", "Imaging", "Models"],
        ["Cli"] = ["ClientSdk", "InferenceServer"],
    };

    private static readonly Dictionary<string, string[]> PackagesKeptToThemselves = new()
    {
        ["TorchSharp"] = ["Models", "InferenceServer"],
        ["BitMiracle.LibTiff.NET"] = ["Imaging"],
        ["Grpc.AspNetCore.Server"] = ["InferenceServer"],
        ["Grpc.Net.Client"] = ["ClientSdk"],
    };

    public static TheoryData<string> Projects => new(Repository.SourceProjects.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Source_EveryProject_HasARule() =>
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), Repository.SourceProjects.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectReferences_OfProject_FollowTheArrows(string project)
    {
        var references = Repository.References(Repository.SourceProjects[project], "ProjectReference");
        Assert.Empty(references.Except(Allowed[project]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void PackageReferences_OfProject_AreAllowedThere(string project)
    {
        var packages = Repository.References(Repository.SourceProjects[project], "PackageReference");
        Assert.All(packages, package => Assert.Contains(project, PackagesKeptToThemselves.GetValueOrDefault(package, [project])));
    }

    [Theory]
    [InlineData("ClientSdk", "TorchSharp")]
    [InlineData("Models", "Grpc.")]
    [InlineData("Imaging", "TorchSharp")]
    [InlineData("Imaging", "Grpc.")]
    public void Sources_OfProject_DoNotUseNamespace(string project, string forbidden)
    {
        var offenders = Repository.Sources($"src/{project}")
            .Where(path => File.ReadLines(path).Any(line => line.StartsWith("using ", StringComparison.Ordinal) && line.Contains(forbidden, StringComparison.Ordinal)));
        Assert.Empty(offenders);
    }
}

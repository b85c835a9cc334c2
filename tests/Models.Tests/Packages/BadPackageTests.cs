using System.Security.Cryptography;
using InferenceBridge.Models.Packages;

namespace InferenceBridge.Models.Tests.Packages;

/// <summary>Issue 6, bad input: each refusal names the file and the field. None of these needs a network that can run.</summary>
public sealed class BadPackageTests : IDisposable
{
    private const string File = "bioimageio.yaml";
    private static readonly byte[] Weights = [1, 2, 3];
    private static readonly string Sha = Convert.ToHexStringLower(SHA256.HashData(Weights));
    private readonly DirectoryInfo _models = Directory.CreateTempSubdirectory("ib-packages-");

    private string Folder => Path.Combine(_models.FullName, "net");

    private static string Sound => $$$"""
        type: model
        format_version: 0.5.4
        name: Net
        license: MIT
        inputs:
        - id: raw
          axes: [{type: batch}, {type: channel, channel_names: [a]}, {type: space, id: y, size: {min: 8, step: 4}}, {type: space, id: x, size: 64}]
          preprocessing: [{id: clip, kwargs: {min: 0, max: 9}}]
        outputs:
        - id: out
          axes: [{type: batch}, {type: channel, channel_names: [a]}, {type: space, id: y, size: {tensor_id: raw, axis_id: y}}, {type: space, id: x, size: 64}]
        weights: {torchscript: {source: weights.pt, sha256: {{{Sha}}}}}
        """;

    public void Dispose() => _models.Delete(recursive: true);

    [Fact]
    public void Open_Sound_IsOffered() => Assert.Equal("run/net", Open(Sound).Operation.Declaration.Id);

    [Theory]
    [InlineData("format_version: 0.5.4", "format_version: 0.6.0", "format_version", "0.4 and 0.5")]
    [InlineData("format_version: 0.5.4", "format_version: 1", "format_version", "0.4 and 0.5")]
    [InlineData("format_version: 0.5.4\n", "", "format_version", "is missing")]
    [InlineData("type: model", "type: dataset", "type", "model")]
    [InlineData("name: Net\n", "", "name", "is missing")]
    [InlineData("id: out", "id: raw", "outputs[0].id", "inputs[0] is named already")]
    [InlineData("size: 64}]\n  pre", "size: -4}]\n  pre", "inputs[0].axes[3].size", "whole number from 1")]
    [InlineData("size: 64}]\n  pre", "size: {min: 1, max: 9}}]\n  pre", "inputs[0].axes[3].size", "depends on the data")]
    [InlineData("min: 8, step: 4", "min: 0, step: 4", "inputs[0].axes[2].size.min", "whole number from 1")]
    [InlineData("id: y, size: {min", "id: w, size: {min", "inputs[0].axes[2].id", "x, y or z")]
    [InlineData("type: batch}, {type: channel, channel_names: [a]}, {type: space, id: y, size: {min", "type: index, size: 3}, {type: space, id: y, size: {min", "inputs[0].axes[0].type", "tables are not images")]
    [InlineData("channel_names: [a]}, {type: space, id: y, size: {min", "channel_names: []}, {type: space, id: y, size: {min", "inputs[0].axes[1].channel_names", "names of the channels")]
    [InlineData("tensor_id: raw, axis_id: y", "tensor_id: nobody, axis_id: y", "outputs[0].axes", "nobody.y")]
    [InlineData("id: clip", "id: stardist", "inputs[0].preprocessing[0].id", "scale_range")]
    [InlineData("max: 9", "max: -9", "inputs[0].preprocessing[0].kwargs.max", "above min")]
    [InlineData("max: 9", "max: lots", "inputs[0].preprocessing[0].kwargs.max", "a number")]
    [InlineData("torchscript:", "keras_hdf5:", "weights", "torchscript among them")]
    [InlineData("source: weights.pt", "source: http://x/weights.pt", "weights.torchscript.source", "fetches nothing")]
    [InlineData("source: weights.pt", "source: ../../weights.pt", "weights.torchscript.source", "within the package's folder")]
    [InlineData("source: weights.pt", "source: /etc/passwd", "weights.torchscript.source", "within the package's folder")]
    [InlineData("source: weights.pt", "source: link.pt", "weights.torchscript.source", "a link out of it")]
    [InlineData("license: MIT", "config: {inferencebridge: {contxt: global}}", "config.inferencebridge.contxt", "context")]
    [InlineData("license: MIT", "config: {inferencebridge: {operation: Denoise}}", "config.inferencebridge.operation", "TASK/NAME")]
    public void Open_FieldAtFault_IsNamed(string sound, string faulty, string field, string reason)
    {
        var text = Sound.Replace(sound, faulty, StringComparison.Ordinal);
        Assert.NotEqual(Sound, text);
        var refusal = Assert.Throws<InferenceException>(() => Open(text));

        Assert.Equal(InferenceError.FileFormatInvalid, refusal.Error);
        Assert.Equal($"{File}:{field}", refusal.Field);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(File, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a: [1, 2", "not YAML")]
    [InlineData("- 1", "a list")]
    [InlineData("", "is empty")]
    [InlineData("a: 1\na: 2", "twice")]
    [InlineData("a: *b", "refers to")]
    public void Open_NotADescription_IsRefused(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<InferenceException>(() => Open(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Open_NestedDeeply_IsRefusedAndNoStackIsExhausted() =>
        Assert.Contains("levels deep", Assert.Throws<InferenceException>(() => Open($"a: {new string('[', 100_000)}")).Message, StringComparison.Ordinal);

    [Fact]
    public void Open_OtherWeights_TellsBothChecksums()
    {
        var refusal = Assert.Throws<InferenceException>(() => Open(Sound, [9]));
        Assert.Equal($"{File}:weights.torchscript.source", refusal.Field);
        Assert.Contains(Sha, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileMissing_NamesIt()
    {
        Open(Sound);
        System.IO.File.Delete(Path.Combine(Folder, "weights.pt"));
        var refusal = Assert.Throws<InferenceException>(() => ModelPackage.Open(Folder));
        Assert.Equal((InferenceError.FileUnreadable, $"{File}:weights.torchscript.source"), (refusal.Error, refusal.Field));
        System.IO.File.Delete(Path.Combine(Folder, File));
        Assert.Contains("rdf.yaml", Assert.Throws<InferenceException>(() => ModelPackage.Open(Folder)).Message, StringComparison.Ordinal);
        Assert.Equal(InferenceError.FileUnreadable, Assert.Throws<InferenceException>(() => ModelPackage.Open(Path.Combine(Folder, "none"))).Error);
    }

    [Fact]
    public void Plan_WeightsThatAreNoModule_NamesTheFile()
    {
        var package = Open(Sound);
        var refusal = Assert.Throws<InferenceException>(() => PackageRun.Of(package, PackageRun.Image(1, 1, 1, 16, 64)));
        Assert.Equal($"{File}:weights.torchscript.source", refusal.Field);
    }

    [Fact]
    public void Open_ArchitectureWithoutFactory_IsNamedWhenRun()
    {
        var text = Sound.Replace("license: MIT", $"config: {{inferencebridge: {{network: {{architecture: nobodys, weights: {{source: weights.pt, sha256: {Sha}}}}}}}}}", StringComparison.Ordinal);
        var header = "{}      "u8.ToArray();
        var empty = (byte[])[8, 0, 0, 0, 0, 0, 0, 0, .. header];
        var package = Open(text.Replace(Sha, Convert.ToHexStringLower(SHA256.HashData(empty)), StringComparison.Ordinal), empty);
        var refusal = Assert.Throws<InferenceException>(() => PackageRun.Of(package, PackageRun.Image(1, 1, 1, 16, 64)));
        Assert.Equal($"{File}:config.inferencebridge.network.architecture", refusal.Field);
    }

    [Fact]
    public void Refresh_FoldersThatComeChangeAndGo_AreTold()
    {
        var store = new PackageStore([_models.FullName, Path.Combine(_models.FullName, "absent")], reserved: ["run/taken"]);
        Assert.Empty(store.Refresh());
        Open(Sound);

        var come = Assert.Single(store.Refresh());
        Assert.Null(come.Before);
        Assert.Empty(store.Refresh());

        System.IO.File.WriteAllText(Path.Combine(Folder, File), "broken: [");
        var broken = Assert.Single(store.Refresh());
        Assert.Same(come.After, broken.Before);
        Assert.NotNull(broken.After!.Fault);
        Assert.Empty(store.Operations);

        Directory.Move(Folder, Path.Combine(_models.FullName, "taken"));
        System.IO.File.WriteAllText(Path.Combine(_models.FullName, "taken", File), Sound);
        Assert.Equal(2, store.Refresh().Count);
        Assert.Contains("built-in", Assert.Single(store.Entries).Fault!.Message, StringComparison.Ordinal);

        Directory.Delete(Path.Combine(_models.FullName, "taken"), recursive: true);
        Assert.Null(Assert.Single(store.Refresh()).After);
    }

    [Fact]
    public void Refresh_SameIdTwice_OffersOneUntilItGoes()
    {
        var store = new PackageStore([_models.FullName]);
        Open(Sound.Replace("license: MIT", "config: {inferencebridge: {operation: denoise/own}}", StringComparison.Ordinal));
        var other = Directory.CreateDirectory(Path.Combine(_models.FullName, "net2")).FullName;
        foreach (var file in Directory.GetFiles(Folder))
        {
            System.IO.File.Copy(file, Path.Combine(other, Path.GetFileName(file)));
        }

        store.Refresh();
        Assert.Equal("denoise/own", Assert.Single(store.Operations).Declaration.Id);
        Assert.Contains("which", store.Entries[1].Fault!.Message, StringComparison.Ordinal);

        Directory.Delete(Folder, recursive: true);
        store.Refresh();
        Assert.NotNull(Assert.Single(store.Entries).Package);
    }

    private ModelPackage Open(string text, byte[]? weights = null)
    {
        Directory.CreateDirectory(Folder);
        System.IO.File.WriteAllText(Path.Combine(Folder, File), text);
        System.IO.File.WriteAllBytes(Path.Combine(Folder, "weights.pt"), weights ?? Weights);
        if (!System.IO.File.Exists(Path.Combine(Folder, "link.pt")))
        {
            System.IO.File.CreateSymbolicLink(Path.Combine(Folder, "link.pt"), "/etc/hostname");
        }

        return ModelPackage.Open(Folder);
    }
}

using System.Security.Cryptography;
using InferenceBridge.Models.Networks;
using InferenceBridge.Models.Packages;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests.Packages;

/// <summary>Packages of the program's own networks, with safetensors.</summary>
public sealed class OwnNetworkTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("ib-own-").FullName, "own");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public void Process_OwnNetwork_GivesWhatTheModuleGives()
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        using var module = NetworkArchitectures.Create("rauden-lite", new Dictionary<string, string>());
        module.eval();
        Write(module.state_dict());
        var image = PackageRun.Image(1, 1, 1, 224, 224);

        var package = ModelPackage.Open(_folder, NetworkFactories.All);
        var result = PackageRun.Of(package, image);

        Assert.Equal("denoise/own", package.Operation.Declaration.Id);
        PackageRun.Near(module.call(tensor(image.ToSingles(), [1, 1, 224, 224])).data<float>().ToArray(), result, 1e-5);
    }

    [Fact]
    public void Process_WeightsOfAnotherShapeMissingOrUnknown_AreNamed()
    {
        using var scope = NewDisposeScope();
        using var module = NetworkArchitectures.Create("rauden-lite", new Dictionary<string, string>());
        var state = module.state_dict();
        var name = state.Keys.Order(StringComparer.Ordinal).First();

        var shape = Refusal(new Dictionary<string, Tensor>(state) { [name] = zeros(1, 2, 3) });
        Assert.StartsWith(Path.Combine(_folder, "weights.safetensors"), shape, StringComparison.Ordinal);
        Assert.Contains($"1×2×3 numbers for \"{name}\"", shape, StringComparison.Ordinal);
        Assert.Contains($"\"{name}\"", Refusal(new Dictionary<string, Tensor>(state) { [name] = zeros(1, 2, 3) }), StringComparison.Ordinal);
        Assert.Contains($"lack the tensor \"{name}\"", Refusal(state.Where(pair => pair.Key != name).ToDictionary(pair => pair.Key, pair => pair.Value)), StringComparison.Ordinal);
        Assert.Contains("\"stranger\"", Refusal(new Dictionary<string, Tensor>(state) { ["stranger"] = zeros(1) }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(33, 500)]
    [InlineData(257, 300)]
    [InlineData(40, 1100)]
    [InlineData(513, 545)]
    public void Process_OwnNetworkInBlocks_GivesWhatTheModuleGivesForTheWhole(int height, int width)
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        using var module = NetworkArchitectures.Create("rauden-lite", new Dictionary<string, string>());
        module.get_parameter("head.weight")!.normal_(0, 0.05);
        module.eval();
        Write(module.state_dict(), 32);
        var image = PackageRun.Image(1, 1, 1, height, width);
        var (below, right) = ((32 - (height % 32)) % 32, (32 - (width % 32)) % 32);
        var whole = nn.functional.pad(tensor(image.ToSingles(), [1, 1, height, width]), (0, right, 0, below), TorchSharp.PaddingModes.Reflect);
        var expected = module.call(whole).narrow(2, 0, height).narrow(3, 0, width).contiguous().data<float>().ToArray();

        // As little memory as a block takes, so that each is as short as it may be.
        var package = ModelPackage.Open(_folder, NetworkFactories.All);
        var shortest = BlockSizes.For(package.Model.Traits, TensorLayout.Sizes(image.Info.Shape), 0);
        var result = PackageRun.Of(package, image, deviceBytes: shortest.Voxels * package.Model.Traits.BytesPerVoxel);

        Assert.InRange(shortest.X, 300, 512);
        Assert.True(expected.Zip(image.ToSingles(), (a, b) => Math.Abs(a - b)).Max() > 1, "The network changes nothing.");
        PackageRun.Near(expected, result);
    }

    private string Refusal(Dictionary<string, Tensor> weights)
    {
        Write(weights);
        var refusal = Assert.Throws<InferenceException>(() => PackageRun.Of(ModelPackage.Open(_folder, NetworkFactories.All), PackageRun.Image(1, 1, 1, 224, 224)));
        Assert.Equal("bioimageio.yaml:config.inferencebridge.network.weights", refusal.Field);
        return refusal.Message;
    }

    private void Write(IReadOnlyDictionary<string, Tensor> weights, int step = 224)
    {
        Directory.CreateDirectory(_folder);
        var path = Path.Combine(_folder, "weights.safetensors");
        SafetensorsFile.Write(path, weights);
        File.WriteAllText(Path.Combine(_folder, "bioimageio.yaml"), $$$"""
            type: model
            format_version: 0.5.4
            name: own
            inputs: [{id: raw, axes: [{type: batch}, {type: channel, channel_names: [a]}, {type: space, id: y, size: {min: {{{step}}}, step: {{{step}}}}}, {type: space, id: x, size: {min: {{{step}}}, step: {{{step}}}}}]}]
            outputs: [{id: out, axes: [{type: batch}, {type: channel, channel_names: [a]}, {type: space, id: y, size: {tensor_id: raw, axis_id: y}}, {type: space, id: x, size: {tensor_id: raw, axis_id: x}}]}]
            config:
              inferencebridge:
                operation: denoise/own
                context: local
                reach: {y: 224, x: 224}
                network: {architecture: rauden-lite, weights: {source: weights.safetensors, sha256: {{{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}}}}}
            """);
    }
}

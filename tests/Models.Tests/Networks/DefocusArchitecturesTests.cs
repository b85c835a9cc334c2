using System.Text.Json;
using InferenceBridge.Models.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests;

[Collection(SeededTests.Name)]
public sealed class DefocusArchitecturesTests
{
    private static readonly Dictionary<string, string> NoOptions = [];

    // torchvision 0.14 has 3 504 872, 25 557 032 and 138 365 992 for 3 channels and 1000 classes; the counts here follow from 1 channel, 41 classes.
    [Theory]
    [InlineData("mobilenet-v2", 3_504_872 - (2 * 32 * 9) - (1281 * (1000 - 41)))]
    [InlineData("resnet50", 25_557_032 - (2 * 64 * 49) - (2049 * (1000 - 41)))]
    public void Create_ClassicNetwork_HasAsManyWeightsAsThePublishedOne(string name, long count)
    {
        using var network = DefocusArchitectures.Create(name, NoOptions);
        Assert.Equal(count, network.parameters().Sum(parameter => parameter.numel()));
    }

    [Theory]
    [InlineData("mobilenet-v2")]
    [InlineData("resnet50")]
    [InlineData("vgg")]
    public void Forward_FormulasAsWeights_GivesWhatPyTorchDoes(string name)
    {
        var stated = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Peers", "defocus_values.json"))).RootElement.GetProperty(name);
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        var network = DefocusArchitectures.Create(name, NoOptions).to(ScalarType.Float64);
        Assert.Equal(stated.GetProperty("parameters").GetInt64(), network.parameters().Sum(parameter => parameter.numel()));
        Fill(network);
        network.eval();
        var image = tensor([.. Enumerable.Range(0, 96 * 128).Select(i => Wave(i / 128, i % 128))], [1, 1, 96, 128]);
        var output = network.call(image);
        Assert.Equal([1, 41, 1, 1], output.shape);
        Near.Equal(stated.Doubles("output"), Array.ConvertAll(output.data<double>().ToArray(), value => (float)value), 1e-5);
    }

    [Theory]
    [InlineData("mobilenet-v2")]
    [InlineData("resnet50")]
    [InlineData("vgg")]
    public void Forward_SeesTheSpectrum_DoesNotSeeWhereThingsAre(string name)
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        manual_seed(3);
        var network = DefocusArchitectures.Create(name, new Dictionary<string, string> { ["input"] = "spectrum" });
        network.eval();
        var frame = zeros([1, 1, 256, 256]);
        frame[0, 0, 128, 128] = tensor(100f);
        var moved = zeros([1, 1, 256, 256]);
        moved[0, 0, 129, 126] = tensor(100f);
        var output = network.call(frame);

        Assert.Equal([1, 41, 1, 1], output.shape);
        double Change(Tensor other) => (network.call(other) - output).abs().max().item<float>();
        Assert.InRange(Change(moved), 0, 0.1 * Change(frame + (10 * randn_like(frame))));
    }

    [Fact]
    public void Forward_Spectral_BothSidesAlike_AreAsLikely()
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        var network = Spectral();
        var input = randn([2, SpectralFocusNetwork.Rows, 1, SpectralBins.Count]);
        var transfer = input.narrow(1, SpectralFocusNetwork.FrameRows, DefocusClasses.Count);
        transfer.copy_((transfer + transfer.flip(1)) / 2);
        var output = network.call(input);
        Assert.Equal([2, 41, 1, 1], output.shape);
        Assert.True(output.allclose(output.flip(1), atol: 1e-5));
        Assert.False(output.narrow(1, 0, 1).allclose(output.narrow(1, 20, 1), atol: 1e-5));
    }

    [Fact]
    public void Forward_Spectral_OtherSideOfTheMicroscope_MirrorsTheAnswer()
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        var network = Spectral();
        var input = randn([1, SpectralFocusNetwork.Rows, 1, SpectralBins.Count]);
        var mirrored = input.clone();
        var transfer = mirrored.narrow(1, SpectralFocusNetwork.FrameRows, DefocusClasses.Count);
        transfer.copy_(transfer.flip(1).clone());
        Assert.True(network.call(mirrored).allclose(network.call(input).flip(1), atol: 1e-5));
    }

    [Fact]
    public void Forward_Spectral_BrighterObject_SaysNothing()
    {
        using var scope = NewDisposeScope();
        using var withoutGradients = no_grad();
        var network = Spectral();
        foreach (var weight in network.parameters().Where(weight => weight.shape.Length == 3 && weight.shape[1] == 9))
        {
            // The spectra themselves are channels too: without them, their level cannot show.
            weight.narrow(1, 3, 1).zero_();
            weight.narrow(1, 8, 1).zero_();
        }

        var input = randn([1, SpectralFocusNetwork.Rows, 1, SpectralBins.Count]);
        var brighter = input.clone();
        foreach (var row in new[] { SpectralFocusNetwork.SpectrumRow(0), SpectralFocusNetwork.SpectrumRow(1) })
        {
            input.narrow(1, row + 1, 1).fill_(1);
            brighter.narrow(1, row + 1, 1).fill_(1);
            brighter.narrow(1, row, 1).add_(3);
        }

        Assert.True(network.call(brighter).allclose(network.call(input), atol: 1e-2));
    }

    [Theory]
    [InlineData("spectral", "width", "0")]
    [InlineData("spectral", "depth", "3")]
    [InlineData("vgg", "width", "3")]
    [InlineData("mobilenet-v2", "input", "sound")]
    [InlineData("unheard", "", "")]
    public void Create_WrongNameOrOption_IsRefused(string name, string option, string value)
    {
        var options = option.Length == 0 ? NoOptions : new Dictionary<string, string> { [option] = value };
        var fault = Assert.Throws<InferenceException>(() => DefocusArchitectures.Create(name, options));
        Assert.Contains("accepted", fault.Message, StringComparison.Ordinal);
    }

    private static nn.Module<Tensor, Tensor> Spectral()
    {
        manual_seed(2);
        var network = DefocusArchitectures.Create("spectral", NoOptions);
        network.eval();
        return network;
    }

    private static void Fill(nn.Module network)
    {
        var k = 0;
        foreach (var (name, weight) in network.state_dict()
            .Where(entry => !entry.Key.EndsWith("num_batches_tracked", StringComparison.Ordinal)).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var count = weight.numel();
            var amount = weight.shape.Length > 1 ? 1.6 / Math.Sqrt((double)count / weight.shape[0]) : 0.1;
            var one = name.EndsWith("running_var", StringComparison.Ordinal) || (weight.shape.Length == 1 && name.EndsWith("weight", StringComparison.Ordinal));
            using var scope = NewDisposeScope();
            weight.copy_(((arange(count, dtype: ScalarType.Float64) * 1.3) + (0.7 * k++)).sin().mul(amount).add(one ? 1 : 0).reshape(weight.shape));
        }
    }

    private static double Wave(double y, double x) => Math.Sin(y / 3) + Math.Cos((x / 4) + (y / 9)) + (0.5 * Math.Sin(x / 2.3));
}

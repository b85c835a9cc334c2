using System.Globalization;
using InferenceBridge.Models.Networks;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests.Networks;

[Collection(SeededTests.Name)]
public sealed class RaudenNetworkTests
{
    private const string Full = "rauden";
    private const string Lite = "rauden-lite";

    [Theory]
    [InlineData(Lite, 50_000, 100_000)]
    [InlineData(Full, 200_000, 700_000)]
    public void Create_Parameters_AreAsManyAsMeant(string architecture, long least, long most)
    {
        using var network = Create(architecture, 1);

        Assert.InRange(network.parameters().Sum(parameter => parameter.numel()), least, most);
    }

    [Theory]
    [InlineData(Full, 1)]
    [InlineData(Lite, 1)]
    [InlineData(Lite, 5)]
    public void Forward_NewNetwork_ReturnsTheMiddlePlane(string architecture, int channels)
    {
        using var network = Create(architecture, channels);
        using var withoutGradients = no_grad();
        using var image = randn(2, channels, 33, 47);
        using var result = network.call(image);

        Assert.Equal([2, 1, 33, 47], result.shape);
        using var middle = image.narrow(1, channels / 2, 1);
        Assert.True(result.equal(middle));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 97)]
    [InlineData(31, 64)]
    [InlineData(127, 13)]
    public void Forward_AnySize_KeepsItAndIsFinite(int height, int width)
    {
        using var network = Trained(Lite);
        using var withoutGradients = no_grad();
        using var image = randn(1, 1, height, width);
        using var result = network.call(image);

        Assert.Equal([1, 1, height, width], result.shape);
        Assert.True(result.isfinite().all().item<bool>());
        Assert.False(result.equal(image));
    }

    [Theory]
    [InlineData(Full)]
    [InlineData(Lite)]
    public void Forward_OneCellIsNoNumber_SpreadsNoFartherThanReach(string architecture)
    {
        const int Start = 640;
        using var network = Trained(architecture);
        using var withoutGradients = no_grad();
        using var image = randn(1, 1, RaudenNetwork.Grid, (2 * Start) + RaudenNetwork.Grid);
        image.narrow(3, Start, RaudenNetwork.Grid).fill_(float.NaN);
        using var result = network.call(image);

        var touched = result.isnan().sum([0L, 1L, 2L]).data<long>().ToArray();
        var (first, last) = (Array.FindIndex(touched, n => n > 0), Array.FindLastIndex(touched, n => n > 0));

        // The constant is what packages state: neither less, nor so much more that tiles would overlap without need.
        var reach = Reach(architecture);
        Assert.InRange(Math.Max(Start - first, last - (Start + RaudenNetwork.Grid - 1)), reach - RaudenNetwork.Grid, reach);
    }

    [Fact]
    public void Forward_TileWithItsReach_IsThatOfTheWhole()
    {
        const int Size = 64;
        var reach = Reach(Lite);
        using var network = Trained(Lite);
        using var withoutGradients = no_grad();
        using var image = randn(1, 1, RaudenNetwork.Grid, (2 * reach) + Size + 128);
        using var whole = network.call(image);
        using var tile = network.call(image.narrow(3, 64, (2 * reach) + Size));

        using var difference = whole.narrow(3, 64 + reach, Size).sub(tile.narrow(3, reach, Size)).abs().max();
        Assert.InRange(difference.item<float>(), 0, 1e-4f);
    }

    [Theory]
    [InlineData(Full)]
    [InlineData(Lite)]
    public void Backward_EveryParameter_Learns(string architecture)
    {
        using var network = Trained(architecture);
        using var image = randn(1, 1, 64, 64);
        using var loss = network.call(image).sub(randn(1, 1, 64, 64)).square().mean();
        loss.backward();

        Assert.All(network.named_parameters(), entry =>
            Assert.True(entry.parameter.grad is { } gradient && gradient.abs().sum().item<float>() > 0, entry.name));
    }

    [Fact]
    public void CrossAttention_Pixel_IsTheMeanOfItsSurroundingsWeighedByLikeness()
    {
        const int Features = 4;
        manual_seed(5);
        using var attention = new CrossAttention(Features);
        using var withoutGradients = no_grad();
        using var asking = randn(1, Features, 6, 7);
        using var answering = randn(1, Features, 6, 7);
        using var result = attention.call(asking, answering);

        var weights = attention.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter.data<float>().ToArray());
        var (query, keys, values) = (Project(asking, "query"), Project(answering, "key"), Project(answering, "value"));
        foreach (var (y, x) in new[] { (0, 0), (3, 3), (5, 6), (2, 0) })
        {
            var places = (from v in Enumerable.Range(y - 2, 5) from u in Enumerable.Range(x - 2, 5) where v is >= 0 and < 6 && u is >= 0 and < 7 select (v, u)).ToArray();
            var scores = places.Select(at => Math.Exp(query(y, x).Zip(keys(at.v, at.u), (q, k) => q * k).Sum() / 4)).ToArray();
            for (var feature = 0; feature < Features; feature++)
            {
                var answer = weights["output.bias"][feature] + Enumerable.Range(0, Features / 2).Sum(i =>
                    weights["output.weight"][(feature * (Features / 2)) + i] * places.Select((at, n) => scores[n] * values(at.v, at.u)[i]).Sum() / scores.Sum());
                Assert.Equal(asking[0, feature, y, x].item<float>() + answer, result[0, feature, y, x].item<float>(), 1e-4);
            }
        }

        Func<int, int, double[]> Project(Tensor features, string name) => (y, x) =>
            [.. weights[$"{name}.bias"].Select((bias, i) => bias
                + Enumerable.Range(0, Features).Sum(k => (double)weights[$"{name}.weight"][(i * Features) + k] * features[0, k, y, x].item<float>()))];
    }

    [Theory]
    [InlineData("unet", "channels", "1", "network")]
    [InlineData(Lite, "channels", "2", "network.channels")]
    [InlineData(Lite, "channels", "many", "network.channels")]
    [InlineData(Full, "width", "3", "network.width")]
    public void Create_ImpossibleOption_IsRefusedByName(string architecture, string option, string value, string field)
    {
        var error = Assert.Throws<InferenceException>(
            () => NetworkArchitectures.Create(architecture, new Dictionary<string, string> { [option] = value }));

        Assert.Equal(field, error.Field);
        Assert.Contains("accepted", error.Message, StringComparison.Ordinal);
    }

    private static int Reach(string architecture) => RaudenOptions.From(architecture, new Dictionary<string, string>()).Reach;

    private static nn.Module<Tensor, Tensor> Create(string architecture, int channels)
    {
        manual_seed(1);
        return NetworkArchitectures.Create(architecture, new Dictionary<string, string> { ["channels"] = channels.ToString(CultureInfo.InvariantCulture) });
    }

    /// <summary>A network whose last layer, which is 0 to begin with, has weights too.</summary>
    private static nn.Module<Tensor, Tensor> Trained(string architecture)
    {
        var network = Create(architecture, 1);
        network.eval();
        using var withoutGradients = no_grad();
        nn.init.normal_(network.named_parameters().Single(entry => entry.name == "head.weight").parameter, 0, 0.1);
        return network;
    }
}

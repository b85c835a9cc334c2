using System.Text.Json;
using InferenceBridge.Models.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests.Networks;

[Collection(SeededTests.Name)]
public sealed class FlowNetworkTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Forward_WeightsOfAFormula_GivesWhatASecondImplementationGives(int number)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Peers", "flow_values.json");
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        var expected = document.RootElement[number];
        var (height, width) = (expected.GetProperty("height").GetInt32(), expected.GetProperty("width").GetInt32());
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        using var network = Formula();
        var input = cat([Waves(height, width, 0, 0), Waves(height, width, expected.GetProperty("y").GetDouble(), expected.GetProperty("x").GetDouble())], 1);
        var got = network.call(input).slice(2, 0, height, 6).slice(3, 0, width, 6).contiguous().data<double>().ToArray();
        var values = expected.GetProperty("values").EnumerateArray().Select(value => value.GetDouble()).ToArray();
        Assert.Equal(values.Length, got.Length);
        Assert.True(values.Max(Math.Abs) > 0.5, "The network finds nothing.");
        for (var i = 0; i < got.Length; i++)
        {
            Assert.Equal(values[i], got[i], 2e-6);
        }
    }

    [Fact]
    public void Create_Weights_AreAsManyAsMeant()
    {
        using var network = new FlowNetwork(FlowOptions.Default);
        Assert.Equal(186_008, network.parameters().Sum(parameter => parameter.numel()));
    }

    [Theory]
    [InlineData(32, 32)]
    [InlineData(33, 97)]
    [InlineData(127, 41)]
    public void Forward_AnySize_KeepsItAndIsFinite(int height, int width)
    {
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        using var network = Formula();
        var result = network.call(randn([2, 2, height, width], ScalarType.Float64));
        Assert.Equal([2, 2, height, width], result.shape);
        Assert.True(result.isfinite().all().item<bool>());
    }

    [Theory]
    [InlineData(3f, 0f)]
    [InlineData(1e-3f, 50f)]
    public void Forward_OtherGainAndOffset_FindsTheSame(float gain, float offset)
    {
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        using var network = Formula();
        var (template, frame) = (Waves(48, 64, 0, 0), Waves(48, 64, 1.5, -0.5));
        var expected = network.call(cat([template, frame], 1));
        var got = network.call(cat([template, frame.mul(gain).add(offset)], 1));
        Assert.InRange(got.sub(expected).abs().max().item<double>(), 0, 0.02);
    }

    [Fact]
    public void Forward_SeveralPairs_GivesEachItsOwn()
    {
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        using var network = Formula();
        var first = cat([Waves(48, 64, 0, 0), Waves(48, 64, 1.5, -0.5)], 1);
        var second = cat([Waves(48, 64, 2, 3), Waves(48, 64, 0, 0)], 1);
        var both = network.call(cat([first, second], 0));
        Assert.InRange(both.narrow(0, 0, 1).sub(network.call(first)).abs().max().item<double>(), 0, 1e-9);
        Assert.InRange(both.narrow(0, 1, 1).sub(network.call(second)).abs().max().item<double>(), 0, 1e-9);
    }

    [Fact]
    public void Forward_NewNetwork_FindsAShiftAlready()
    {
        // Its refiners add nothing: what is left is a registration by itself.
        manual_seed(3);
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        using var network = new FlowNetwork(FlowOptions.Default).to(ScalarType.Float64);
        var found = network.call(cat([Waves(96, 128, 0, 0), Waves(96, 128, 1.5, -2)], 1)).slice(2, 16, 80, 1).slice(3, 16, 112, 1);
        Assert.InRange(found.select(1, 0).sub(1.5).abs().mean().item<double>(), 0, 0.3);
        Assert.InRange(found.select(1, 1).add(2).abs().mean().item<double>(), 0, 0.3);
    }

    [Fact]
    public void Find_SameImageTwice_IsNearlyStill()
    {
        manual_seed(3);
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        using var network = new FlowNetwork(FlowOptions.Default).to(ScalarType.Float64);
        var image = Waves(64, 80, 0, 0);
        Assert.InRange(network.call(cat([image, image], 1)).abs().max().item<double>(), 0, 1e-3);
    }

    [Fact]
    public void Levels_Backward_ReachesEveryWeight()
    {
        using var scope = NewDisposeScope();
        using var network = Formula();
        network.train();
        var input = cat([Waves(48, 64, 0, 0), Waves(48, 64, 1.5, -0.5).add(randn([1, 1, 48, 64], ScalarType.Float64).mul(0.1))], 1);
        var levels = network.Levels(input);
        Assert.Equal(4, levels.Count);
        Assert.All(levels, level => Assert.Equal([1, 2, 48, 64], level.Refined.shape));
        levels.Select(level => level.Refined.square().mean().add(level.Solved.square().mean())).Aggregate((sum, term) => sum.add(term)).backward();
        foreach (var (name, parameter) in network.named_parameters())
        {
            Assert.True(parameter.grad is { } grad && grad.isfinite().all().item<bool>() && grad.abs().max().item<double>() > 0, $"{name} has no gradient.");
        }
    }

    [Fact]
    public void Find_WhatWasMovedIn_DoesNotCount()
    {
        // The rightmost 20 columns are no part of the frame: whatever stands there, the field is the same.
        using var withoutGradients = no_grad();
        using var scope = NewDisposeScope();
        using var network = Formula();
        var (template, frame) = (Waves(64, 96, 0, 0), Waves(64, 96, 1, 0.5));
        var other = frame.clone();

        // What features see past the border of what counts is a few px wide at each level: those nearest stay.
        other.narrow(3, 96 - 4, 4).fill_(5);
        var prepared = network.Prepare(template, 64, 96);
        Tensor Field(Tensor image, double right) => network.Find(prepared, image, new FlowBounds(0, 63, 0, right))[^1].Field;
        var masked = Field(other, 95 - 40).sub(Field(frame, 95 - 40)).abs().max().item<double>();
        var unmasked = Field(other, 95).sub(Field(frame, 95)).abs().max().item<double>();
        Assert.InRange(masked, 0, 0.25 * unmasked);
    }

    /// <summary>A network of float64 whose weights are those of Peers/make_flow_values.py: such weights multiply rounding errors.</summary>
    private static FlowNetwork Formula()
    {
        var network = new FlowNetwork(FlowOptions.Default).to(ScalarType.Float64);
        using var withoutGradients = no_grad();
        var k = 0;
        foreach (var (name, weight) in network.state_dict().OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            var count = (int)weight.numel();
            var amount = weight.shape.Length == 4 ? 0.8 / Math.Sqrt((double)count / weight.shape[0]) : 0.1;
            var start = name.Split('.')[^1] switch { "sigma" => Math.Log(4), "amplitude" => Math.Log(1.5), "gain" => Math.Log(0.3), "own" => -1.0, _ => 0 };
            var step = name is "sigma" or "amplitude" ? -0.9 : 0;
            using var values = Sines(count, start, step, amount, k++);
            weight.copy_(values.reshape(weight.shape));
        }

        network.eval();
        return network;
    }

    private static Tensor Sines(int count, double start, double step, double amount, int k) =>
        tensor([.. Enumerable.Range(0, count).Select(i => start + (step * i) + (amount * Math.Sin((1.3 * i) + (0.7 * k))))]);

    private static Tensor Waves(int height, int width, double y, double x) => tensor(
        [.. Enumerable.Range(0, height * width).Select(i => Wave((i / width) - y, (i % width) - x))], [1, 1, height, width]);

    private static double Wave(double y, double x) => 2 + Math.Sin(y / 3) + Math.Cos((x / 4) + (y / 9)) + (0.5 * Math.Sin(x / 2.3));
}

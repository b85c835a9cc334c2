using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace InferenceBridge.TorchSharp.Tests.Layers;

public class ContainerTests
{
    [Fact]
    public void Sequential_Modules_RunInOrderAndAreNumbered()
    {
        using var scope = NewDisposeScope();
        using var model = Sequential(Flatten(), Linear(4, 2), Identity(), ReLU());
        using (no_grad())
        {
            ((Linear)model[1]).weight.copy_(tensor(new float[,] { { 1, 1, 1, 1 }, { -1, -1, -1, -1 } }));
            ((Linear)model[1]).bias!.zero_();
        }

        Numbers.Equal([4, 0], model.call(ones(1, 2, 2)).detach());
        Assert.Equal(["1.weight", "1.bias"], model.named_parameters().Select(entry => entry.name));
        Assert.Equal(4, model.Count);
        Assert.Equal(10, model.parameters().Sum(parameter => parameter.numel()));
    }

    [Fact]
    public void Sequential_Input_IsNeverDisposed()
    {
        using var scope = NewDisposeScope();
        using var empty = Sequential();
        using var same = Sequential(Identity(), Identity());
        var x = ones(2);

        Assert.True(empty.call(x).equal(x));
        Assert.True(same.call(x).equal(x));
        Assert.False(x.IsInvalid);
    }

    [Fact]
    public void Sequential_Named_HasTheNames()
    {
        using var model = Sequential(("first", Conv2d(1, 2, 3)), ("second", ReLU())).append("third", Conv2d(2, 1, 3, bias: false));

        Assert.Equal(["first.weight", "first.bias", "third.weight"], model.state_dict().Keys);
        Assert.Equal(["first", "second", "third"], model.named_modules().Select(entry => entry.name));
    }

    [Fact]
    public void ModuleList_Changes_AreRegistered()
    {
        using var list = ModuleList<nn.Module<Tensor, Tensor>>(Linear(1, 1, hasBias: false), ReLU());
        list.append(Linear(1, 2, hasBias: false));
        list.RemoveAt(0);

        Assert.Equal(["1.weight"], list.named_parameters().Select(entry => entry.name));
        Assert.Equal([2, 1], list.parameters().Single().shape);
        Assert.Equal(2, list.Count);
    }

    [Fact]
    public void ModuleDict_Changes_AreRegistered()
    {
        using var scope = NewDisposeScope();
        using var dict = ModuleDict<nn.Module<Tensor, Tensor>>(("a", Linear(1, 1, hasBias: false)), ("b", ReLU()));
        dict["c"] = Linear(1, 3);
        using var gone = dict["a"];

        Assert.True(dict.Remove("a"));

        Assert.Equal(["c.weight", "c.bias"], dict.named_parameters().Select(entry => entry.name));
        Assert.Equal(["b", "c"], dict.keys());
        Numbers.Equal([0], dict["b"].call(tensor([-1f])));
        Assert.Throws<KeyNotFoundException>(() => dict["a"]);
        Assert.Throws<ArgumentException>(() => dict.Add("b", ReLU()));
    }

    [Fact]
    public void RegisterComponents_Fields_AreFoundWithTheirLists()
    {
        using var model = new Net();

        Assert.Equal(
            ["scale", "head.weight", "head.bias", "blocks.0.weight", "blocks.0.bias", "blocks.1.weight", "blocks.1.bias", "tail.0.weight", "tail.0.bias"],
            model.named_parameters().Select(entry => entry.name));
        Assert.True(model.has_parameter("blocks.1.bias"));
        Assert.Null(model.get_parameter("blocks.2.bias"));
        model.eval();
        Assert.All(model.modules(), module => Assert.False(module.training));
        model.train();
        Assert.True(model.training && model.modules().All(module => module.training));
        var names = new List<string>();
        model.apply(module => names.Add(module.GetName()));
        Assert.Equal("Net", names[^1]);
        Assert.Equal(8, names.Count);
    }

    [Fact]
    public void NamedParameters_SharedModule_AreGivenOnce()
    {
        using var shared = Linear(2, 2);
        using var model = Sequential(shared, ReLU(), shared);

        Assert.Equal(["0.weight", "0.bias"], model.named_parameters().Select(entry => entry.name));
    }

    private sealed class Net : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter scale = new(ones(1));
        private readonly Conv2d head = Conv2d(1, 2, 3, padding: 1);
        private readonly ModuleList<Conv2d> blocks = ModuleList(Conv2d(2, 2, 1), Conv2d(2, 2, 1));
        private readonly Sequential tail = Sequential(Conv2d(2, 1, 1), Sigmoid());

        internal Net()
            : base(nameof(Net)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var x = head.call(input);
            foreach (var block in blocks)
            {
                x = block.call(x);
            }

            return tail.call(x) * scale;
        }
    }
}

using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InferenceBridge.TorchSharp.Tests;

public class ModuleTests
{
    [Fact]
    public void NamedParameters_NestedModules_HavePaths()
    {
        using var model = new Outer();

        Assert.Equal(["bias", "inner.weight"], model.named_parameters().Select(entry => entry.name));
        Assert.Equal(["inner.step"], model.named_buffers().Select(entry => entry.name));
        Numbers.Equal([7], model.call(tensor([2f])));
    }

    [Fact]
    public void LoadStateDict_OtherModel_CopiesValues()
    {
        using var scope = NewDisposeScope();
        using var model = new Outer();
        using var other = new Outer();
        using (no_grad())
        {
            other.parameters().First().fill_(10);
        }

        model.load_state_dict(other.state_dict());

        Numbers.Equal([16], model.call(tensor([2f])));
        Assert.Throws<InvalidOperationException>(() => model.load_state_dict(new() { ["bias"] = ones(1), ["other"] = ones(1) }));
    }

    [Fact]
    public void To_DoublePrecision_KeepsTheObjects()
    {
        using var model = new Outer();
        var parameter = model.parameters().First();

        Assert.Same(model, model.to(float64));

        Assert.Same(parameter, model.parameters().First());
        Assert.Equal(float64, parameter.dtype);
        Assert.True(parameter.requires_grad);
        Assert.Equal(float64, model.buffers().First().dtype);
    }

    [Fact]
    public void Training_Gradient_ReachesParametersAndIsCleared()
    {
        using var scope = NewDisposeScope();
        using var model = new Outer();

        model.call(tensor([2f])).sum().backward();

        Numbers.Equal([1, 2], cat([.. model.parameters().Select(parameter => parameter.grad!)]));
        model.zero_grad();
        Assert.All(model.parameters(), parameter => Assert.Null(parameter.grad));
        model.eval();
        Assert.All(model.modules(), module => Assert.False(module.training));
    }

    private sealed class Inner : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter weight = new(tensor([3f]));
        private readonly Tensor step = zeros(1);

        internal Inner()
            : base(nameof(Inner)) => RegisterComponents();

        public override Tensor forward(Tensor input) => input * weight + step;
    }

    private sealed class Outer : nn.Module<Tensor, Tensor>
    {
        private readonly Inner inner = new();
        private readonly Parameter bias = new(tensor([1f]));

        internal Outer()
            : base(nameof(Outer)) => RegisterComponents();

        public override Tensor forward(Tensor input) => inner.call(input) + bias;
    }
}

namespace InferenceBridge.TorchSharp.Tests;

public class ArithmeticTests
{
    private static readonly double[] X = [0.3, -1.7, 2.5, -0.2];
    private static readonly double[] Y = [2.0, 0.5, -1.5, 4.0];

    public static TheoryData<string, Func<torch.Tensor, torch.Tensor>, Func<double, double>> Unary => new()
    {
        { "exp", x => x.exp(), Math.Exp },
        { "expm1", x => x.expm1(), x => Math.Exp(x) - 1 },
        { "abs", x => x.abs(), Math.Abs },
        { "neg", x => -x, x => -x },
        { "sin", x => torch.sin(x), Math.Sin },
        { "cos", x => x.cos(), Math.Cos },
        { "atan", x => x.atan(), Math.Atan },
        { "sinh", x => x.sinh(), Math.Sinh },
        { "tanh", x => x.tanh(), Math.Tanh },
        { "sigmoid", x => x.sigmoid(), x => 1 / (1 + Math.Exp(-x)) },
        { "relu", x => x.relu(), x => Math.Max(x, 0) },
        { "square", x => x.square(), x => x * x },
        { "reciprocal", x => x.reciprocal(), x => 1 / x },
        { "sign", x => x.sign(), x => Math.Sign(x) },
        { "floor", x => x.floor(), Math.Floor },
        { "ceil", x => x.ceil(), Math.Ceiling },
        { "trunc", x => x.trunc(), Math.Truncate },
        { "round", x => x.round(), x => Math.Round(x, MidpointRounding.ToEven) },
        { "sqrt(abs)", x => x.abs().sqrt(), x => Math.Sqrt(Math.Abs(x)) },
        { "rsqrt(abs)", x => x.abs().rsqrt(), x => 1 / Math.Sqrt(Math.Abs(x)) },
        { "log(abs)", x => x.abs().log(), x => Math.Log(Math.Abs(x)) },
        { "log1p(abs)", x => x.abs().log1p(), x => Math.Log(1 + Math.Abs(x)) },
        { "log2(abs)", x => x.abs().log2(), x => Math.Log2(Math.Abs(x)) },
        { "log10(abs)", x => x.abs().log10(), x => Math.Log10(Math.Abs(x)) },
        { "x + 2", x => x + 2, x => x + 2 },
        { "2 - x", x => 2 - x, x => 2 - x },
        { "x - 0.5", x => x - 0.5, x => x - 0.5 },
        { "3 * x", x => 3 * x, x => 3 * x },
        { "x / 4", x => x / 4, x => x / 4 },
        { "1.5 / x", x => 1.5 / x, x => 1.5 / x },
        { "pow 3", x => x.pow(3), x => x * x * x },
        { "clamp", x => x.clamp(-1, 1), x => Math.Clamp(x, -1, 1) },
        { "clamp below only", x => x.clamp(min: 0.1), x => Math.Max(x, 0.1) },
        { "x % 1 (sign of divisor)", x => x.remainder(1), x => x - Math.Floor(x) },
        { "fmod 1 (sign of dividend)", x => x.fmod(1), x => x % 1 },
    };

    public static TheoryData<string, Func<torch.Tensor, torch.Tensor, torch.Tensor>, Func<double, double, double>> Binary => new()
    {
        { "+", (x, y) => x + y, (x, y) => x + y },
        { "-", (x, y) => x - y, (x, y) => x - y },
        { "*", (x, y) => x * y, (x, y) => x * y },
        { "/", (x, y) => x / y, (x, y) => x / y },
        { "add alpha", (x, y) => x.add(y, 0.5), (x, y) => x + (0.5 * y) },
        { "sub alpha", (x, y) => x.sub(y, 2), (x, y) => x - (2 * y) },
        { "div floor", (x, y) => x.div(y, torch.RoundingMode.floor), (x, y) => Math.Floor(x / y) },
        { "div trunc", (x, y) => x.div(y, torch.RoundingMode.trunc), (x, y) => Math.Truncate(x / y) },
        { "maximum", (x, y) => torch.maximum(x, y), Math.Max },
        { "minimum", (x, y) => torch.minimum(x, y), Math.Min },
        { "atan2", (x, y) => x.atan2(y), Math.Atan2 },
        { "hypot", (x, y) => x.hypot(y), (x, y) => Math.Sqrt((x * x) + (y * y)) },
        { "lerp", (x, y) => x.lerp(y, 0.25), (x, y) => x + (0.25 * (y - x)) },
        { "addcmul", (x, y) => x.addcmul(x, y, 2), (x, y) => x + (2 * x * y) },
        { "addcdiv", (x, y) => x.addcdiv(x, y, -1), (x, y) => x - (x / y) },
        { "where", (x, y) => torch.where(x < y, x, y * 10), (x, y) => x < y ? x : y * 10 },
    };

    [Theory]
    [MemberData(nameof(Unary), DisableDiscoveryEnumeration = true)]
    public void Unary_EachElement_MatchesPlainCode(string name, Func<torch.Tensor, torch.Tensor> op, Func<double, double> plain)
    {
        using var scope = torch.NewDisposeScope();

        Numbers.Equal(Array.ConvertAll(X, x => plain(x)), op(torch.tensor(X)), 1e-14);
        Assert.NotEmpty(name);
    }

    [Theory]
    [MemberData(nameof(Binary), DisableDiscoveryEnumeration = true)]
    public void Binary_EachElement_MatchesPlainCode(
        string name, Func<torch.Tensor, torch.Tensor, torch.Tensor> op, Func<double, double, double> plain)
    {
        using var scope = torch.NewDisposeScope();

        Numbers.Equal([.. X.Zip(Y, plain)], op(torch.tensor(X), torch.tensor(Y)), 1e-14);
        Assert.NotEmpty(name);
    }

    [Fact]
    public void InPlace_Chain_ChangesAndReturnsTheTensor()
    {
        using var tensor = torch.tensor([1.0, 4.0, 9.0]);

        var result = tensor.sqrt_().add_(1).mul_(2).sub_(torch.tensor([1.0, 1.0, 1.0])).div_(2).neg_().clamp_(-3, 0).pow_(2);

        Assert.Same(tensor, result);
        Numbers.Equal([2.25, 6.25, 9], tensor);
    }

    [Fact]
    public void Broadcast_RowAndColumn_MakesTheTable()
    {
        using var scope = torch.NewDisposeScope();

        var table = torch.tensor([1.0, 2.0]).unsqueeze(1) * torch.tensor([3.0, 4.0, 5.0]);

        Assert.Equal([2, 3], table.shape);
        Numbers.Equal([3, 4, 5, 6, 8, 10], table);
    }

    [Fact]
    public void IntegerTensor_PlusFraction_BecomesReal()
    {
        using var scope = torch.NewDisposeScope();

        var result = torch.tensor([1, 2]) + 0.5;

        Assert.Equal(torch.float32, result.dtype);
        Numbers.Equal([1.5, 2.5], result);
    }

    [Fact]
    public void Comparison_OperatorsAndMethods_GiveBooleans()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.tensor([1, 2, 3]);

        Assert.Equal([true, false, false], (x < 2).data<bool>().ToArray());
        Assert.Equal([false, true, true], x.ge(2).data<bool>().ToArray());
        Assert.Equal([false, true, false], (x == 2).data<bool>().ToArray());
        Assert.Equal([true, false, true], (~(x == 2) & (x <= 3)).data<bool>().ToArray());
    }

    [Fact]
    public void FiniteTests_SpecialValues_AreTold()
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.tensor([1.0, double.NaN, double.PositiveInfinity]);

        Assert.Equal([false, true, false], x.isnan().data<bool>().ToArray());
        Assert.Equal([true, false, false], x.isfinite().data<bool>().ToArray());
        Numbers.Equal([1, 0, 5], x.nan_to_num(0, 5));
    }
}

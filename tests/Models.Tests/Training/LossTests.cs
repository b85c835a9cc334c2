using InferenceBridge.Models.Training;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Tests;

public class LossTests
{
    private const int Height = 17;
    private const int Width = 14;

    private static readonly double[,] Output = Values(1);
    private static readonly double[,] Target = Values(2);
    private static readonly double[,] Weight = Weights();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void MeanSquared_OneImage_IsTheReference(bool weighted) =>
        Check(new MeanSquaredLoss(), Mean((y, x) => Square(Output[y, x] - Target[y, x]), weighted), weighted);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Absolute_OneImage_IsTheReference(bool weighted) =>
        Check(new AbsoluteLoss(), Mean((y, x) => Math.Abs(Output[y, x] - Target[y, x]), weighted), weighted);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradient_OneImage_IsTheReference(bool weighted)
    {
        var sum = 0d;
        foreach (var (dy, dx) in new[] { (1, 0), (0, 1) })
        {
            var (errors, weights) = (0d, 0d);
            for (var y = 0; y + dy < Height; y++)
            {
                for (var x = 0; x + dx < Width; x++)
                {
                    var weight = weighted ? Weight[y, x] * Weight[y + dy, x + dx] : 1;
                    errors += weight * Math.Abs(Output[y + dy, x + dx] - Output[y, x] - (Target[y + dy, x + dx] - Target[y, x]));
                    weights += weight;
                }
            }

            sum += errors / weights;
        }

        Check(new GradientLoss(), sum, weighted);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Similarity_OneImage_IsTheReference(bool weighted)
    {
        var (darkest, brightest) = (Target.Cast<double>().Min(), Target.Cast<double>().Max());
        var (c1, c2) = (Square(0.01 * (brightest - darkest)), Square(0.03 * (brightest - darkest)));
        var window = new double[11, 11];
        var total = 0d;
        for (var i = 0; i < 121; i++)
        {
            total += window[i / 11, i % 11] = Math.Exp(-(Square((i / 11) - 5) + Square((i % 11) - 5)) / (2 * 1.5 * 1.5));
        }

        var (sum, weights) = (0d, 0d);
        for (var y = 5; y < Height - 5; y++)
        {
            for (var x = 5; x < Width - 5; x++)
            {
                double mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
                for (var i = 0; i < 121; i++)
                {
                    var part = window[i / 11, i % 11] / total;
                    var (a, b) = (Output[y + (i / 11) - 5, x + (i % 11) - 5] - darkest, Target[y + (i / 11) - 5, x + (i % 11) - 5] - darkest);
                    (mx, my, xx, yy, xy) = (mx + (part * a), my + (part * b), xx + (part * a * a), yy + (part * b * b), xy + (part * a * b));
                }

                var weight = weighted ? Weight[y, x] : 1;
                sum += weight * ((2 * mx * my) + c1) * ((2 * (xy - (mx * my))) + c2)
                    / ((Square(mx) + Square(my) + c1) * (xx - Square(mx) + yy - Square(my) + c2));
                weights += weight;
            }
        }

        Check(new SimilarityLoss(), 1 - (sum / weights), weighted);
    }

    [Fact]
    public void Similarity_EqualImages_Is0()
    {
        using var target = Tensor(Target);
        using var loss = new SimilarityLoss().Compute(target, target, null);
        Assert.Equal(0, loss.item<float>(), 5);
    }

    [Fact]
    public void Similarity_SmallCrop_IsRefused() => Assert.Equal("crop", Assert.Throws<InferenceException>(
        () => new SimilarityLoss().Compute(zeros(1, 1, 10, 12), zeros(1, 1, 10, 12), null)).Field);

    [Fact]
    public void Parse_Sum_AddsItsTerms()
    {
        using var scope = NewDisposeScope();
        var (output, target) = (Tensor(Output), Tensor(Target));
        var sum = LossExpression.Parse("0.5*mse + l1+2*Gradient").Compute(output, target, null).item<float>();
        var expected = (0.5 * new MeanSquaredLoss().Compute(output, target, null).item<float>())
            + new AbsoluteLoss().Compute(output, target, null).item<float>()
            + (2 * new GradientLoss().Compute(output, target, null).item<float>());
        Assert.Equal(expected, sum, 5);
    }

    [Theory]
    [InlineData("")]
    [InlineData("mse+")]
    [InlineData("huber")]
    [InlineData("-1*mse")]
    [InlineData("0*mse")]
    [InlineData("NaN*mse")]
    [InlineData("2*3*mse")]
    public void Parse_NoLoss_IsRefusedByName(string text)
    {
        var fault = Assert.Throws<InferenceException>(() => LossExpression.Parse(text));
        Assert.Equal(("loss", InferenceError.ParameterOutOfRange), (fault.Field, fault.Error));
        Assert.Contains($"\"{text}\"", fault.Message, StringComparison.Ordinal);
    }

    private static void Check(ILoss loss, double expected, bool weighted)
    {
        using var scope = NewDisposeScope();
        var output = Tensor(Output).requires_grad_();
        var value = loss.Compute(output, Tensor(Target), weighted ? Tensor(Weight) : null);
        Assert.Equal(expected, value.item<float>(), 4);
        value.backward();
        Assert.True(output.grad!.isfinite().all().item<bool>());
        Assert.True(output.grad!.abs().sum().item<float>() > 0);
    }

    private static double Mean(Func<int, int, double> error, bool weighted)
    {
        var (sum, weights) = (0d, 0d);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var weight = weighted ? Weight[y, x] : 1;
                (sum, weights) = (sum + (weight * error(y, x)), weights + weight);
            }
        }

        return sum / weights;
    }

    private static double Square(double value) => value * value;

    private static double[,] Values(int kind)
    {
        var values = new double[Height, Width];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                values[y, x] = Math.Sin((0.7 * y) + (0.3 * x * kind)) + (0.2 * Math.Cos(2.1 * x * y)) - (0.5 * kind);
            }
        }

        return values;
    }

    private static double[,] Weights()
    {
        var values = new double[Height, Width];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                values[y, x] = ((3 * y) + (5 * x)) % 4 == 0 ? 0 : 1;
            }
        }

        return values;
    }

    private static Tensor Tensor(double[,] values) =>
        tensor(values.Cast<double>().Select(value => (float)value).ToArray(), [1, 1, values.GetLength(0), values.GetLength(1)]);
}

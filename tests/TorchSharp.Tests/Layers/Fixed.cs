using static TorchSharp.torch;

namespace InferenceBridge.TorchSharp.Tests.Layers;

/// <summary>Inputs and parameters by formula, for which PyTorch 1.13 gave the expected values.</summary>
internal static class Fixed
{
    /// <summary>sin(1.7 i) for element i.</summary>
    internal static Tensor Ramp(params long[] shape) =>
        (arange(shape.Aggregate(1L, (a, b) => a * b), float64) * 1.7).sin().reshape(shape);

    /// <summary>cos(0.9 i + n) for element i of parameter n; the module in double precision.</summary>
    internal static T Fill<T>(T module)
        where T : nn.Module
    {
        using var grad = no_grad();
        module.to(float64);
        foreach (var (n, parameter) in module.parameters().Index())
        {
            parameter.copy_(((arange(parameter.numel(), float64) * 0.9) + n).cos().reshape(parameter.shape));
        }

        return module;
    }

    internal static void First(double[] expected, Tensor actual, double tolerance = 1e-9) =>
        Numbers.Equal(expected, actual.flatten()[..expected.Length].detach(), tolerance);
}

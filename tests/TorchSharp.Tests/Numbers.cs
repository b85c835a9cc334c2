namespace InferenceBridge.TorchSharp.Tests;

/// <summary>Plain C# numbers for comparison with tensors.</summary>
internal static class Numbers
{
    /// <summary>Repeatable values between -1 and 1, from a small generator that libtorch has no part in.</summary>
    internal static double[] Random(int count, uint seed = 1)
    {
        var values = new double[count];
        var state = (seed * 2654435761u) | 1;
        for (var i = 0; i < count; i++)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            values[i] = (state / (double)uint.MaxValue * 2) - 1;
        }

        return values;
    }

    internal static torch.Tensor RandomTensor(uint seed, params long[] shape) =>
        torch.tensor(Random((int)shape.Aggregate(1L, (a, b) => a * b), seed), shape);

    internal static void Equal(ReadOnlySpan<double> expected, torch.Tensor actual, double tolerance = 1e-12)
    {
        using var flat = actual.to_type(torch.float64);
        var values = flat.data<double>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - values[i]) <= tolerance || expected[i].Equals(values[i]),
                $"Element {i}: expected {expected[i]}, got {values[i]}.");
        }
    }
}

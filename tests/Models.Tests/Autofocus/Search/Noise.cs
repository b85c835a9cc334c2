namespace InferenceBridge.Models.Tests;

/// <summary>Normal random numbers, the same for a seed.</summary>
internal sealed class Noise(int seed)
{
    private readonly Random _random = new(seed);

    public double Uniform(double low, double high) => low + ((high - low) * _random.NextDouble());

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}

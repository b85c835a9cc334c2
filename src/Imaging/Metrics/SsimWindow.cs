namespace InferenceBridge.Imaging;

/// <summary>The Gaussian window of SSIM along one axis.</summary>
internal static class SsimWindow
{
    internal const int Radius = 5;
    internal const int Taps = (2 * Radius) + 1;

    private const double Sigma = 1.5;

    internal static double[] Weights { get; } = MakeWeights();

    private static double[] MakeWeights()
    {
        var weights = new double[Taps];
        for (var i = 0; i < Taps; i++)
        {
            var distance = i - Radius;
            weights[i] = Math.Exp(-distance * distance / (2 * Sigma * Sigma));
        }

        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }
}

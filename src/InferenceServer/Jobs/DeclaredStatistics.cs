using System.Globalization;
using InferenceBridge.Imaging;

namespace InferenceBridge.Server.Jobs;

/// <summary>Statistics that the client declares for the image.</summary>
internal static class DeclaredStatistics
{
    /// <summary>Checks them; null where there are none, or where the noise is missing, since a job may need it.</summary>
    public static IntensityStatistics? Check(string input, Proto.IntensityStatistics? statistics)
    {
        if (statistics is null)
        {
            return null;
        }

        var field = $"{input}.statistics";
        Require($"{field}.minimum", statistics.Minimum, double.IsFinite(statistics.Minimum), "a finite number");
        Require($"{field}.maximum", statistics.Maximum, double.IsFinite(statistics.Maximum) && statistics.Maximum >= statistics.Minimum,
            "a finite number not below the minimum");
        Require($"{field}.mean", statistics.Mean, statistics.Mean >= statistics.Minimum && statistics.Mean <= statistics.Maximum,
            "a number from the minimum to the maximum");
        Require($"{field}.standard_deviation", statistics.StandardDeviation,
            double.IsFinite(statistics.StandardDeviation) && statistics.StandardDeviation >= 0, "a finite number from 0");
        Require($"{field}.noise_standard_deviation", statistics.NoiseStandardDeviation,
            double.IsFinite(statistics.NoiseStandardDeviation) && statistics.NoiseStandardDeviation >= 0, "a finite number from 0");
        return statistics.NoiseStandardDeviation > 0
            ? new IntensityStatistics(statistics.Minimum, statistics.Maximum, statistics.Mean, statistics.StandardDeviation, statistics.NoiseStandardDeviation)
            : null;
    }

    private static void Require(string field, double value, bool sound, string accepted)
    {
        if (!sound)
        {
            throw new InferenceException(InferenceError.ParameterOutOfRange, field,
                string.Create(CultureInfo.InvariantCulture, $"{field} is {value}; accepted: {accepted}."));
        }
    }
}

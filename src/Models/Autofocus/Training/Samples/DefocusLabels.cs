using InferenceBridge.Models.Networks;

namespace InferenceBridge.Models.Training;

/// <summary>What a network should answer: classes near the true defocus, so that being off by a little costs little.</summary>
internal static class DefocusLabels
{
    // In µm: half of the distance between classes.
    private const double Sigma = 0.25;

    /// <summary>Writes the classes' probabilities for a defocus in µm.</summary>
    public static void Fill(double defocus, Span<float> target)
    {
        var at = Math.Clamp(defocus, -DefocusClasses.Largest, DefocusClasses.Largest);
        var sum = 0f;
        for (var i = 0; i < DefocusClasses.Count; i++)
        {
            var distance = (DefocusClasses.Micrometres[i] - at) / Sigma;
            target[i] = (float)Math.Exp(-distance * distance / 2);
            sum += target[i];
        }

        for (var i = 0; i < DefocusClasses.Count; i++)
        {
            target[i] /= sum;
        }
    }
}

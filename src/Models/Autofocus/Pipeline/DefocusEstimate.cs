namespace InferenceBridge.Models;

/// <summary>How far out of focus a frame is, as a network sees it.</summary>
/// <param name="DefocusMicrometres">z of the frame minus z of best focus, in stage µm; the move that focuses is its negative.</param>
/// <param name="StandardDeviation">Its uncertainty in µm, above 0.</param>
/// <param name="Distance">Absolute defocus in µm.</param>
/// <param name="SignKnown">False where only <paramref name="Distance"/> can be told from one frame.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="OutOfRange">Whether the frame lies farther from focus than the network knows.</param>
/// <param name="Empty">Whether the frame shows nothing to judge by.</param>
/// <param name="Probabilities">Of the 41 classes −10 to +10 µm by 0.5 µm.</param>
internal sealed record DefocusEstimate(
    double DefocusMicrometres, double StandardDeviation, double Distance, bool SignKnown, double Confidence, bool OutOfRange, bool Empty, float[] Probabilities)
{
    /// <summary>Probability that the frame lies above focus rather than below it, 0 to 1; 0.5 where nothing speaks for either.</summary>
    public double ProbabilityAbove
    {
        get
        {
            var (above, below) = (0.0, 0.0);
            for (int i = 0, last = Probabilities.Length - 1; i < last - i; i++)
            {
                below += Probabilities[i];
                above += Probabilities[last - i];
            }

            return above + below > 0 ? above / (above + below) : 0.5;
        }
    }
}

using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>
/// The mean end-point error in px over all pixels and over the half with structure, at peaks of 100 and of 10 photons; the mean of the four decides.
/// </summary>
internal sealed class FlowValidator : IValidator
{
    private static readonly int[] Peaks = [100, 10];

    private readonly Dictionary<int, ValidationPair[]> _pairs;

    /// <param name="images">Clean images that nothing is learnt from.</param>
    /// <param name="length">Longest displacement of each pair, in px.</param>
    public FlowValidator(IReadOnlyList<CleanImage> images, double length) =>
        _pairs = Peaks.ToDictionary(peak => peak, peak => images.Select((image, i) => ValidationPair.Create(image, i, AppearanceOptions.ShotNoise(peak), length)).ToArray());

    /// <summary>A pair to show, at a peak of 100 photons.</summary>
    public ValidationPair Example => _pairs[Peaks[0]][0];

    public ValidationScore Score(nn.Module<Tensor, Tensor> network, Device device, CancellationToken cancellation) =>
        Score(pair => FlowRun.Find(network, pair, device), cancellation);

    /// <summary>The score of leaving frames as they are.</summary>
    public ValidationScore Unmoved(CancellationToken cancellation) => Score(pair => new float[pair.Target.Length], cancellation);

    private ValidationScore Score(Func<ValidationPair, float[]> find, CancellationToken cancellation)
    {
        var figures = new Dictionary<string, double>();
        foreach (var (peak, pairs) in _pairs)
        {
            var (all, textured) = (0d, 0d);
            foreach (var pair in pairs)
            {
                cancellation.ThrowIfCancellationRequested();
                var error = FlowRun.Error(find(pair), pair);
                (all, textured) = (all + (error.All / pairs.Length), textured + (error.Textured / pairs.Length));
            }

            figures[$"error_px_at_{peak}_photons"] = all;
            figures[$"textured_error_px_at_{peak}_photons"] = textured;
        }

        return new ValidationScore(-figures.Values.Average(), figures);
    }
}

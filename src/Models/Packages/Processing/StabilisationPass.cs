using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Packages;

/// <summary>Estimates each channel's noise, plane by plane, for <see cref="StabiliseStep"/>.</summary>
/// <param name="image">Sizes of the image.</param>
/// <param name="noiseFactor">What the estimated standard deviation is multiplied by.</param>
internal sealed class StabilisationPass(VolumeShape image, double noiseFactor = 1) : IImageSteps
{
    private readonly Channel[] _channels = [.. Enumerable.Range(0, image.Channels).Select(_ => new Channel(noiseFactor))];

    public bool NeedsReading { get; private set; } = true;

    public void Add(int channel, ReadOnlySpan<float> pixels) => _channels[channel].Add(pixels, image.Height, image.Width);

    public void EndReading()
    {
        NeedsReading = false;
        foreach (var channel in _channels)
        {
            channel.End();
        }
    }

    public IReadOnlyList<ProcessingStep> StepsOf(int channel) => [new StabiliseStep(_channels[channel].Domain!)];

    public bool IsConstant(int channel) => _channels[channel].IsConstant;

    public string? Warning(int channel) => IsConstant(channel) ? "The image holds one value alone: there is nothing to denoise."
        : _channels[channel].IsNoisy ? null
        : "The image shows no noise, or is too small to tell; a noise of a hundredth of its spread was assumed.";

    private sealed class Channel(double noiseFactor)
    {
        private readonly NoiseLawEstimator _law = new();
        private readonly MomentsAccumulator _moments = new();

        public StabilisedDomain? Domain { get; private set; }

        public bool IsConstant { get; private set; }

        public bool IsNoisy { get; private set; }

        public void Add(ReadOnlySpan<float> plane, int height, int width)
        {
            _law.Add(plane, height, width);
            _moments.Add(plane);
        }

        public void End()
        {
            var (mean, deviation) = _moments.EndReading()!.Value;
            var variances = noiseFactor * noiseFactor;
            var law = _law.Estimate() is { } estimated ? new NoiseLaw(variances * estimated.Gain, variances * estimated.VarianceAtZero) : null;
            var domain = StabilisedDomain.From(law, mean);
            var assumed = noiseFactor * (deviation > 0 ? deviation / 100 : 1);
            (IsConstant, IsNoisy) = (deviation == 0, domain is not null);
            Domain = domain ?? new StabilisedDomain(null, assumed, mean / assumed);
        }
    }
}

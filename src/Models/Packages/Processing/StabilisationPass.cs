using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Packages;

/// <summary>Estimates each channel's noise, plane by plane, for <see cref="StabiliseStep"/>.</summary>
internal sealed class StabilisationPass(VolumeShape image) : IImageSteps
{
    private readonly Channel[] _channels = [.. Enumerable.Range(0, image.Channels).Select(_ => new Channel())];

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

    private sealed class Channel
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
            var domain = StabilisedDomain.From(_law.Estimate(), mean);
            var assumed = deviation > 0 ? deviation / 100 : 1;
            (IsConstant, IsNoisy) = (deviation == 0, domain is not null);
            Domain = domain ?? new StabilisedDomain(null, assumed, mean / assumed);
        }
    }
}

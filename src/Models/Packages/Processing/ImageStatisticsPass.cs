using InferenceBridge.Imaging;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>
/// Resolves the steps before a network for an image that is never whole in memory: what a step must know of all pixels is
/// gathered plane by plane, each channel on its own. A step sees what the steps before it made of the image.
/// </summary>
internal sealed class ImageStatisticsPass : IImageSteps
{
    private readonly Channel[] _channels;

    /// <param name="steps">Steps that are local or take statistics over the whole image.</param>
    /// <param name="channels">Channels of the image.</param>
    /// <param name="declared">Statistics that are known beforehand; used where they suffice.</param>
    public ImageStatisticsPass(IReadOnlyList<ProcessingStep> steps, int channels, IntensityStatistics? declared)
    {
        _channels = [.. Enumerable.Range(0, channels).Select(_ => new Channel(steps))];
        if (declared is not null && channels == 1)
        {
            _channels[0].TryTake(declared);
        }
    }

    public bool NeedsReading => Array.Exists(_channels, channel => channel.IsOpen);

    /// <summary>The local steps that a channel has come to.</summary>
    public IReadOnlyList<ProcessingStep> StepsOf(int channel) => _channels[channel].Resolved;

    /// <summary>True where a step found nothing but one value.</summary>
    public bool IsConstant(int channel) => _channels[channel].IsConstant;

    public string? Warning(int channel) =>
        IsConstant(channel) ? "The image holds one value alone, which the package's normalisation takes for 0." : null;

    public void Add(int channel, ReadOnlySpan<float> pixels) => _channels[channel].Add(pixels);

    public void EndReading()
    {
        foreach (var channel in _channels)
        {
            channel.EndReading();
        }
    }

    private sealed class Channel
    {
        private static readonly StepContext Alone = new(new HashSet<AxisKind>(), new Dictionary<string, Tensor>());

        private readonly Queue<ProcessingStep> _open;
        private readonly List<ProcessingStep> _resolved = [];
        private IAccumulator? _accumulator;

        public Channel(IEnumerable<ProcessingStep> steps)
        {
            _open = new Queue<ProcessingStep>(steps);
            Advance();
        }

        public IReadOnlyList<ProcessingStep> Resolved => _resolved;

        public bool IsOpen => _accumulator is not null;

        public bool IsConstant { get; private set; }

        public void TryTake(IntensityStatistics declared)
        {
            if (!IsOpen || _resolved.Any(step => step is not EnsureTypeStep { Type: ScalarType.Float32 }))
            {
                return;
            }

            switch (((StatisticalStep)_open.Peek()).Needs)
            {
                case Statistic.Moments:
                    Resolve(declared.Mean, declared.StandardDeviation);
                    break;
                case Statistic.Percentiles { Lower: 0, Upper: 100 }:
                    Resolve(declared.Minimum, declared.Maximum);
                    break;
            }
        }

        public void Add(ReadOnlySpan<float> pixels)
        {
            if (_accumulator is null)
            {
                return;
            }

            if (_resolved.Count == 0)
            {
                _accumulator.Add(pixels);
                return;
            }

            using var scope = NewDisposeScope();
            var plane = tensor(pixels.ToArray(), [1, 1, 1, 1, pixels.Length]);
            var made = _resolved.Aggregate(plane, (tensor, step) => step.Apply(tensor, Alone)).to_type(ScalarType.Float32).contiguous();
            _accumulator.Add(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(made.bytes));
        }

        public void EndReading()
        {
            if (_accumulator?.EndReading() is { } found)
            {
                Resolve(found.First, found.Second);
            }
        }

        private void Resolve(double first, double second)
        {
            var step = (StatisticalStep)_open.Dequeue();
            IsConstant |= step.Needs is Statistic.Moments ? second == 0 : first == second;
            _resolved.Add(step.Resolve(first, second));
            Advance();
        }

        private void Advance()
        {
            while (_open.TryPeek(out var step) && step is not StatisticalStep)
            {
                _resolved.Add(_open.Dequeue());
            }

            _accumulator = !_open.TryPeek(out var next) ? null : ((StatisticalStep)next).Needs switch
            {
                Statistic.Percentiles percentiles => new PercentileAccumulator(percentiles.Lower, percentiles.Upper),
                _ => new MomentsAccumulator(),
            };
        }
    }
}

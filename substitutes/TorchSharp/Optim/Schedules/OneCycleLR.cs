namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>
                /// Up from a low rate to the highest and down to almost none, the momentum the other way (Smith and Topin, 2019).
                /// </summary>
                public class OneCycleLR : LRScheduler
                {
                    private readonly double[] _highest;
                    private readonly (double Lowest, double Highest)? _momentum;
                    private readonly (double First, double Last) _divisors;
                    private readonly double[] _ends;
                    private readonly AnnealStrategy _strategy;

                    public OneCycleLR(
                        Optimizer optimizer,
                        IEnumerable<double> max_lr,
                        int total_steps = -1,
                        int epochs = -1,
                        int steps_per_epoch = -1,
                        double pct_start = 0.3,
                        AnnealStrategy anneal_strategy = AnnealStrategy.Cos,
                        bool cycle_momentum = true,
                        double base_momentum = 0.85,
                        double max_momentum = 0.95,
                        double div_factor = 25,
                        double final_div_factor = 1e4,
                        bool three_phase = false,
                        int last_epoch = -1,
                        bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        var total = total_steps > 0 ? total_steps : checked(epochs * steps_per_epoch);
                        if (total <= 0 || (total_steps <= 0 && epochs <= 0))
                        {
                            throw new ArgumentException("Either total_steps, or epochs and steps_per_epoch, must be positive.", nameof(total_steps));
                        }

                        if (pct_start is not (>= 0 and <= 1))
                        {
                            throw new ArgumentException($"pct_start is a fraction from 0 to 1, not {pct_start}.", nameof(pct_start));
                        }

                        _highest = [.. max_lr];
                        if (_highest.Length != Groups.Count)
                        {
                            throw new ArgumentException($"{Groups.Count} groups need as many rates, not {_highest.Length}.", nameof(max_lr));
                        }

                        if (cycle_momentum && Groups.Any(group => group is not (IBetas or IMomentum)))
                        {
                            throw new ArgumentException("optimizer must support momentum with `cycle_momentum` option enabled", nameof(optimizer));
                        }

                        _momentum = cycle_momentum ? (base_momentum, max_momentum) : null;
                        _divisors = (div_factor, div_factor * final_div_factor);
                        _strategy = anneal_strategy;
                        var top = (pct_start * total) - 1;
                        _ends = three_phase ? [top, (2 * pct_start * total) - 2, total - 1] : [top, total - 1];
                        step();
                    }

                    public enum AnnealStrategy
                    {
                        Cos,
                        Linear,
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (LastEpoch > _ends[^1])
                        {
                            throw new InvalidOperationException($"Tried to step {LastEpoch} times. The specified number of total steps is {_ends[^1] + 1}.");
                        }

                        SetMomentum();
                        return _highest.Select(rate => Now(Levels(rate / _divisors.First, rate, rate / _divisors.Last)));
                    }

                    private void SetMomentum()
                    {
                        if (_momentum is not var (lowest, highest))
                        {
                            return;
                        }

                        var momentum = Now(Levels(highest, lowest, highest));
                        foreach (var group in Groups)
                        {
                            if (group is IBetas betas)
                            {
                                betas.Betas = (momentum, betas.Betas.Item2);
                            }
                            else
                            {
                                ((IMomentum)group).Momentum = momentum;
                            }
                        }
                    }

                    // Values at the beginning and at the ends of the phases.
                    private double[] Levels(double first, double middle, double last) =>
                        _ends.Length == 2 ? [first, middle, last] : [first, middle, first, last];

                    private double Now(double[] levels)
                    {
                        double begin = 0;
                        var phase = 0;
                        while (phase < _ends.Length - 1 && LastEpoch > _ends[phase])
                        {
                            begin = _ends[phase++];
                        }

                        // A phase may have no step of its own.
                        var fraction = _ends[phase] > begin ? (LastEpoch - begin) / (_ends[phase] - begin) : 1;
                        var (from, to) = (levels[phase], levels[phase + 1]);
                        return _strategy == AnnealStrategy.Cos
                            ? to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * fraction)))
                            : from + ((to - from) * fraction);
                    }
                }
            }

            /// <param name="max_lr">The highest rate.</param>
            /// <param name="pct_start">Fraction of the steps that go upwards.</param>
            /// <param name="div_factor">Highest rate by first rate.</param>
            /// <param name="final_div_factor">First rate by last rate.</param>
            public static LRScheduler OneCycleLR(
                Optimizer optimizer,
                double max_lr,
                int total_steps = -1,
                int epochs = -1,
                int steps_per_epoch = -1,
                double pct_start = 0.3,
                impl.OneCycleLR.AnnealStrategy anneal_strategy = impl.OneCycleLR.AnnealStrategy.Cos,
                bool cycle_momentum = true,
                double base_momentum = 0.85,
                double max_momentum = 0.95,
                double div_factor = 25,
                double final_div_factor = 1e4,
                bool three_phase = false,
                int last_epoch = -1,
                bool verbose = false)
            {
                ArgumentNullException.ThrowIfNull(optimizer);
                return new impl.OneCycleLR(
                    optimizer,
                    optimizer.ParamGroups.Select(_ => max_lr),
                    total_steps,
                    epochs,
                    steps_per_epoch,
                    pct_start,
                    anneal_strategy,
                    cycle_momentum,
                    base_momentum,
                    max_momentum,
                    div_factor,
                    final_div_factor,
                    three_phase,
                    last_epoch,
                    verbose);
            }
        }
    }
}

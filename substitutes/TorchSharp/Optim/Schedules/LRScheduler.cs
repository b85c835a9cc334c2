using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>
            /// Sets the learning rates of an optimizer's groups from the number of steps done, so that a schedule made with
            /// <c>last_epoch</c> goes on where another ended.
            /// </summary>
            public abstract class LRScheduler
            {
                private readonly bool _verbose;
                private double[] _last = [];

                /// <param name="last_epoch">Number of the last step done; -1 to begin, which takes the groups' rates as their first.</param>
                protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    ArgumentNullException.ThrowIfNull(optimizer);
                    Groups = [.. optimizer.ParamGroups];
                    LastEpoch = last_epoch;
                    _verbose = verbose;
                    if (last_epoch == -1)
                    {
                        foreach (var group in Groups)
                        {
                            group.InitialLearningRate = group.LearningRate;
                        }
                    }

                    FirstRates = [.. Groups.Select(group => group.InitialLearningRate)];
                }

                private protected IReadOnlyList<ILearningRateController> Groups { get; }

                private protected IReadOnlyList<double> FirstRates { get; }

                private protected int LastEpoch { get; private set; }

                public virtual void step() => step(null);

                /// <param name="epoch">The step to go to; null for the next.</param>
                public virtual void step(int? epoch)
                {
                    LastEpoch = epoch ?? (LastEpoch + 1);
                    double[] rates = [.. get_lr()];
                    for (var i = 0; i < rates.Length; i++)
                    {
                        Groups[i].LearningRate = rates[i];
                        if (_verbose && (_last.Length == 0 || _last[i] != rates[i]))
                        {
                            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Adjusting learning rate to {rates[i]}"));
                        }
                    }

                    _last = rates;
                }

                /// <summary>As <see cref="step(int?)"/>; the metric is not looked at.</summary>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                public IEnumerable<double> get_last_lr() => _last;

                protected abstract IEnumerable<double> get_lr();
            }
        }
    }
}

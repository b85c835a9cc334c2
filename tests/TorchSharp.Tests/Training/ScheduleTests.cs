using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.optim;

namespace InferenceBridge.TorchSharp.Tests.Training;

/// <summary>Rates and momenta of PyTorch 1.13, step by step.</summary>
public class ScheduleTests
{
    [Fact]
    public void StepLR_EveryThreeSteps_Halves() => Gives(
        optimizer => lr_scheduler.StepLR(optimizer, 3, 0.5), [0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.025, 0.025]);

    [Fact]
    public void CosineAnnealingLR_BeyondItsEnd_GoesUpAgain() => Gives(
        optimizer => lr_scheduler.CosineAnnealingLR(optimizer, 4, 0.01),
        [0.1, 0.086819805153, 0.055, 0.023180194847, 0.01, 0.023180194847, 0.055, 0.086819805153, 0.1]);

    [Fact]
    public void OneCycleLR_Cosine_MovesRateAndMomentum() => Gives(
        optimizer => lr_scheduler.OneCycleLR(optimizer, 0.2, total_steps: 8),
        [0.008, 0.163855020978, 0.194388355478, 0.16234913079, 0.111196802825, 0.056612199642, 0.015328318767, 8e-07],
        [0.95, 0.868825509907, 0.852805833485, 0.868825509907, 0.894401776195, 0.921694186956, 0.942336209961, 0.95]);

    [Fact]
    public void OneCycleLR_ThreePhases_AreLinear() => Gives(
        optimizer => lr_scheduler.OneCycleLR(
            optimizer, 0.2, total_steps: 10, anneal_strategy: lr_scheduler.impl.OneCycleLR.AnnealStrategy.Linear, three_phase: true),
        [0.008, 0.104, 0.2, 0.104, 0.008, 0.00640016, 0.00480032, 0.00320048, 0.00160064, 8e-07],
        [0.95, 0.9, 0.85, 0.9, 0.95, 0.95, 0.95, 0.95, 0.95, 0.95]);

    [Fact]
    public void OneCycleLR_GradientDescent_MovesItsMomentum()
    {
        using var parameter = nn.Parameter(zeros(1));
        using var optimizer = SGD([parameter], 0.1, momentum: 0.9);
        var schedule = lr_scheduler.OneCycleLR(optimizer, 0.2, epochs: 2, steps_per_epoch: 3, pct_start: 0.5);

        var momenta = new List<double>();
        for (var i = 0; i < 6; i++)
        {
            momenta.Add(((IMomentum)optimizer.ParamGroups.Single()).Momentum);
            if (i < 5)
            {
                schedule.step();
            }
        }

        Numbers.Equal([0.95, 0.9, 0.85, 0.875, 0.925, 0.95], tensor(momenta.ToArray()), 1e-12);
        Assert.Throws<InvalidOperationException>(schedule.step);
    }

    [Fact]
    public void OneCycleLR_ShortRise_HasNoNaN()
    {
        using var parameter = nn.Parameter(zeros(1));
        using var optimizer = AdamW([parameter]);
        var schedule = lr_scheduler.OneCycleLR(optimizer, 0.2, total_steps: 10, pct_start: 0.1);

        Assert.Equal(0.2, schedule.get_last_lr().Single(), 1e-12);
        schedule.step();
        Assert.InRange(schedule.get_last_lr().Single(), 0.1, 0.2);
    }

    private static void Gives(Func<Optimizer, lr_scheduler.LRScheduler> make, double[] rates, double[]? momenta = null)
    {
        using var parameter = nn.Parameter(zeros(1));
        using var optimizer = AdamW([parameter], lr: 0.1);
        var schedule = make(optimizer);
        for (var i = 0; i < rates.Length; i++)
        {
            var group = (AdamW.ParamGroup)optimizer.ParamGroups.Single();
            Assert.Equal(rates[i], group.LearningRate, 1e-11);
            Assert.Equal(rates[i], schedule.get_last_lr().Single(), 1e-11);
            Assert.Equal(momenta?[i] ?? 0.9, group.Betas.Item1, 1e-11);
            if (i < rates.Length - 1)
            {
                schedule.step();
            }
        }
    }
}

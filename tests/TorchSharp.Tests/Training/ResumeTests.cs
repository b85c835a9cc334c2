using InferenceBridge.TorchSharp.Tests.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InferenceBridge.TorchSharp.Tests.Training;

/// <summary>Training that is taken up again ends at the same bits as training that never stopped.</summary>
public class ResumeTests
{
    private const int Steps = 12;

    [Fact]
    public void AdamW_ThroughAFile_GoesOnExactly() => GoesOn(
        (optimizer, other) =>
        {
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream);
            optimizer.save_state_dict(writer);
            stream.Position = 0;
            using var reader = new BinaryReader(stream);
            other.load_state_dict(reader);
        });

    [Fact]
    public void AdamW_ThroughTheDictionary_GoesOnExactly() => GoesOn((optimizer, other) => other.load_state_dict(optimizer.state_dict()));

    [Fact]
    public void AdamW_ThroughNamedTensors_GoesOnExactly() => GoesOn((optimizer, other) =>
    {
        var (from, to) = (optimizer.state_dict(), other.state_dict());
        foreach (var (source, target) in from.State.Zip(to.State))
        {
            var (state, next) = ((AdamW.State)source, (AdamW.State)target);
            next.step = state.step;
            next.exp_avg.copy_(state.exp_avg);
            next.exp_avg_sq.copy_(state.exp_avg_sq);
        }

        to.Options[0].LoadStateDict(from.Options[0]);
    });

    [Fact]
    public void LoadStateDict_OtherOptimizerOrSize_IsRefused()
    {
        using var scope = NewDisposeScope();
        using var p = nn.Parameter(ones(2));
        using var q = nn.Parameter(ones(2));
        using var adam = optim.AdamW([p]);
        using var sgd = optim.SGD([p], 0.1);
        using var two = optim.AdamW([p, q]);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        sgd.save_state_dict(writer);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);

        Assert.Throws<InvalidDataException>(() => adam.load_state_dict(reader));
        Assert.Throws<ArgumentException>(() => two.load_state_dict(adam.state_dict()));
    }

    private static void GoesOn(Action<AdamW, AdamW> transfer)
    {
        using var scope = NewDisposeScope();
        using var model = Fixed.Fill(nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1)));
        using var optimizer = optim.AdamW(model.parameters(), lr: 0.02, weight_decay: 0.1);
        var schedule = optim.lr_scheduler.OneCycleLR(optimizer, 0.05, total_steps: Steps);
        Train(model, optimizer, schedule, 0, Steps / 2);

        using var resumed = Fixed.Fill(nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1)));
        resumed.load_state_dict(model.state_dict());
        using var next = optim.AdamW(resumed.parameters(), lr: 1);
        transfer(optimizer, next);
        var nextSchedule = optim.lr_scheduler.OneCycleLR(next, 0.05, total_steps: Steps, last_epoch: (Steps / 2) - 1);
        Train(model, optimizer, schedule, Steps / 2, Steps);
        Train(resumed, next, nextSchedule, Steps / 2, Steps);

        foreach (var (first, second) in model.parameters().Zip(resumed.parameters()))
        {
            Assert.True(first.equal(second), $"{first - second}");
        }
    }

    private static void Train(
        nn.Module<Tensor, Tensor> model, optim.Optimizer optimizer, optim.lr_scheduler.LRScheduler schedule, int first, int end)
    {
        for (var step = first; step < end; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            nn.functional.mse_loss(model.call(Fixed.Ramp(5, 3) + (step * 0.1)), Fixed.Ramp(5, 1)).backward();
            optimizer.step();
            if (step < Steps - 1)
            {
                schedule.step();
            }
        }
    }
}

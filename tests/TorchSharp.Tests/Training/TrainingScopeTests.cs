using InferenceBridge.TorchSharp.Tests.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace InferenceBridge.TorchSharp.Tests.Training;

[Collection(SeededTests.Name)]
public class TrainingScopeTests
{
    [Fact]
    public void Train_ScopePerStep_KeepsNoTensorsAndLearns()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        using var model = Sequential(Conv2d(1, 4, 3, padding: 1), BatchNorm2d(4), ReLU(), Conv2d(4, 1, 3, padding: 1));
        using var optimizer = optim.AdamW(model.parameters(), lr: 0.01);
        var (x, y) = (rand(2, 1, 8, 8), rand(2, 1, 8, 8));
        var (first, last) = (0.0, 0.0);
        long live = 0;
        for (var step = 0; step < 40; step++)
        {
            using (NewDisposeScope())
            {
                optimizer.zero_grad();
                var loss = functional.mse_loss(model.call(x), y);
                loss.backward();
                utils.clip_grad_norm_(model.parameters(), 1);
                optimizer.step();
                (first, last) = (step == 0 ? loss.ToDouble() : first, loss.ToDouble());
            }

            if (step == 2)
            {
                live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            }
        }

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.InRange(last, 0, first / 2);
    }

    [Fact]
    public void Backward_LossMovedOut_UsesWhatItsScopeDisposed()
    {
        using var outer = NewDisposeScope();
        using var p = Parameter(tensor([3.0]));
        Tensor loss;
        Tensor square;
        using (NewDisposeScope())
        {
            square = p * p;
            loss = (square * square).MoveToOuterDisposeScope();
        }

        Assert.True(square.IsInvalid);
        loss.backward();

        Numbers.Equal([4 * 27], p.grad!);
    }

    [Fact]
    public void Step_InsideAScope_LeavesStateToTheOptimizer()
    {
        using var p = Parameter(tensor([1.0]));
        using var optimizer = optim.SGD([p], 0.5, momentum: 0.5);
        for (var i = 0; i < 2; i++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            (p * 1).backward();
            optimizer.step();
        }

        // 1 - 0.5 · 1 - 0.5 · (0.5 + 1)
        Numbers.Equal([-0.25], p.detach());
    }

    [Fact]
    public void InferenceMode_Forward_RecordsNothing()
    {
        using var scope = NewDisposeScope();
        using var model = Fixed.Fill(Sequential(Conv2d(1, 2, 3), ReLU()));
        using var mode = inference_mode();

        Assert.False(model.call(Fixed.Ramp(1, 1, 4, 4)).requires_grad);
    }
}

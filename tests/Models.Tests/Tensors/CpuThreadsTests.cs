using TorchSharp;

namespace InferenceBridge.Models.Tests;

public class CpuThreadsTests
{
    [Fact]
    public void Most_AnyMachine_IsOneToTheProcessors() => Assert.InRange(CpuThreads.Most, 1, Environment.ProcessorCount);

    [Fact]
    public void TakeAll_ThreadThatFoundOne_HasThemAll()
    {
        var found = 0;
        var thread = new Thread(() =>
        {
            torch.set_num_threads(1);
            CpuThreads.TakeAll();
            found = torch.get_num_threads();
        });
        thread.Start();
        thread.Join();

        Assert.Equal(CpuThreads.Most, found);
    }

    [Fact]
    public void For_PiecesOnTheCpu_RunOnOneThreadEachAndGiveTheRestBack()
    {
        var inside = new int[8];
        var after = 0;
        var thread = new Thread(() =>
        {
            CpuThreads.TakeAll();
            CpuWorkers.For(torch.CPU, inside.Length, i => inside[i] = torch.get_num_threads(), CancellationToken.None);
            after = torch.get_num_threads();
        });
        thread.Start();
        thread.Join();

        Assert.Equal(CpuThreads.Most, after);
        if (Environment.ProcessorCount > 1)
        {
            Assert.All(inside, threads => Assert.Equal(1, threads));
        }
    }
}

using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace InferenceBridge.TorchSharp.Tests;

public class ThreadTests
{
    [Fact]
    public void Operators_ManyThreadsAtOnce_GiveTheSameResults()
    {
        using var shared = Numbers.RandomTensor(1, 16, 16);
        var expected = Work(shared);
        var results = new ConcurrentBag<double>();

        OnThreads(8, () =>
        {
            for (var i = 0; i < 100; i++)
            {
                results.Add(Work(shared));
            }
        });

        Assert.Equal(800, results.Count);
        Assert.All(results, result => Assert.Equal(expected, result));
    }

    [Fact]
    public void Errors_ManyThreadsAtOnce_KeepTheirOwnMessages()
    {
        var wrong = new ConcurrentBag<string>();

        OnThreads(8, index =>
        {
            using var a = zeros(2);
            using var b = zeros(100 + index);
            for (var i = 0; i < 40; i++)
            {
                var message = Assert.Throws<ExternalException>(() => a + b).Message;
                if (!message.Contains($"({100 + index})", StringComparison.Ordinal))
                {
                    wrong.Add(message);
                }
            }
        });

        Assert.Empty(wrong);
    }

    [Fact]
    public void Dispose_WhileInUseElsewhere_NeverCrashes()
    {
        for (var round = 0; round < 50; round++)
        {
            var x = ones(1000);
            using var started = new Barrier(2);
            OnThreads(2, index =>
            {
                started.SignalAndWait();
                if (index == 0)
                {
                    x.Dispose();
                    return;
                }

                try
                {
                    for (var i = 0; i < 20; i++)
                    {
                        (x + 1).Dispose();
                    }
                }
                catch (InvalidOperationException)
                {
                    // The other thread was first.
                }
            });
        }
    }

    [Fact]
    public void SetNumThreads_OneThread_IsReported()
    {
        OnThreads(1, () =>
        {
            set_num_threads(1);
            Assert.Equal(1, get_num_threads());
        });
    }

    private static double Work(Tensor x)
    {
        using var scope = NewDisposeScope();
        return fft.irfftn(fft.rfftn(x) * 2, s: x.shape).matmul(x).tanh().sum().ToDouble();
    }

    private static void OnThreads(int count, Action work) => OnThreads(count, _ => work());

    private static void OnThreads(int count, Action<int> work)
    {
        var errors = new ConcurrentBag<Exception>();
        var threads = Enumerable.Range(0, count).Select(index => new Thread(() =>
        {
            try
            {
                work(index);
            }
            catch (Exception error)
            {
                errors.Add(error);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Empty(errors);
    }
}

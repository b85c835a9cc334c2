using InferenceBridge.Server.Jobs;
using InferenceBridge.Server.Tests.Support;

namespace InferenceBridge.Server.Tests.Jobs;

public class ClientPatienceTests
{
    [Fact]
    public async Task WaitAsync_ClientIsSilent_GivesUp()
    {
        var time = new ManualTime();
        var silence = new TaskCompletionSource<bool>();
        var waiting = new ClientPatience(TimeSpan.FromSeconds(7), time).WaitAsync(silence.Task, "send a message").AsTask();
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(waiting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        var refusal = await Assert.ThrowsAsync<InferenceException>(() => waiting);
        Assert.Equal(InferenceError.DeadlineExceeded, refusal.Error);
        Assert.Contains("7 s", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WaitAsync_ClientAnswers_GivesTheAnswer()
    {
        var time = new ManualTime();
        var answer = new TaskCompletionSource<bool>();
        var waiting = new ClientPatience(TimeSpan.FromSeconds(7), time).WaitAsync(answer.Task, "send a message").AsTask();
        answer.SetResult(true);
        Assert.True(await waiting);
    }
}

namespace InferenceBridge.Client.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void Connect_Defaults_AreSound() => Assert.NotNull(InferenceBridgeClient.Connect("localhost:1", new InferenceBridgeClientOptions()));

    [Theory]
    [InlineData(0.001)]
    [InlineData(60)]
    [InlineData(86400)]
    public void ThroughRestarts_AnyDeadline_IsSoundAndLastsThatLong(double seconds)
    {
        var deadline = TimeSpan.FromSeconds(seconds);
        var retry = RetryOptions.ThroughRestarts(deadline);
        Assert.NotNull(InferenceBridgeClient.Connect("localhost:1", new InferenceBridgeClientOptions { Retry = retry }));
        Assert.Equal((deadline, true), (retry.Deadline, retry.AfterPartialResult));

        // Pauses double from the base up to the maximum, and are half of that at least with jitter.
        var pauses = Enumerable.Range(0, retry.MaxAttempts - 1).Sum(i => Math.Min(retry.BaseDelay.TotalSeconds * Math.Pow(2, i), retry.MaxDelay.TotalSeconds));
        Assert.True(pauses / 2 >= seconds * 0.9, $"{pauses}");
    }

    [Fact]
    public void Connect_EverythingImpossible_NamesEveryOptionAtOnce()
    {
        var options = new InferenceBridgeClientOptions
        {
            ConnectTimeout = TimeSpan.Zero,
            CatalogTimeout = TimeSpan.FromDays(2),
            Retry = new RetryOptions
            {
                MaxAttempts = 0, BaseDelay = TimeSpan.FromSeconds(-1), MaxDelay = TimeSpan.FromDays(-1), Deadline = TimeSpan.Zero, MaxLosses = 0,
            },
        };
        var error = Assert.Throws<InferenceException>(() => InferenceBridgeClient.Connect("localhost:1", options));
        Assert.Equal((InferenceError.UsageInvalid, "options"), (error.Error, error.Field));
        Assert.All(
            ["ConnectTimeout is 00:00:00", "CatalogTimeout is 2.00:00:00", "Retry.MaxAttempts is 0", "Retry.BaseDelay is -00:00:01",
                "Retry.MaxDelay is -1.00:00:00", "Retry.Deadline is 00:00:00", "Retry.MaxLosses is 0"],
            (string fault) => Assert.Contains($"{fault}; accepted: ", error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Connect_AttemptsAtTheBounds_AreAcceptedUpToThem(int attempts, bool isSound)
    {
        var options = new InferenceBridgeClientOptions { Retry = new RetryOptions { MaxAttempts = attempts } };
        Assert.Equal(isSound, Record.Exception(() => InferenceBridgeClient.Connect("localhost:1", options)) is null);
    }
}

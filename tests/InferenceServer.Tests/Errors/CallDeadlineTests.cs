using InferenceBridge.Server.Errors;
using Microsoft.AspNetCore.Http;

namespace InferenceBridge.Server.Tests.Errors;

public class CallDeadlineTests
{
    [Theory]
    [InlineData("3H", 10_800_000)]
    [InlineData("2M", 120_000)]
    [InlineData("7S", 7000)]
    [InlineData("1500m", 1500)]
    [InlineData("25000u", 25)]
    [InlineData("99999999n", 99.9999)]
    public void Parse_Timeout_IsADuration(string text, double milliseconds) =>
        Assert.Equal(milliseconds, CallDeadline.Parse(text)!.Value.TotalMilliseconds, 3);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("5")]
    [InlineData("-5S")]
    [InlineData("123456789S")]
    [InlineData("5x")]
    public void Parse_NoTimeout_IsNone(string? text) => Assert.Null(CallDeadline.Parse(text));

    [Theory]
    [InlineData(3, false)]
    [InlineData(5, true)]
    public void HasPassed_Elapsed_DecidesAlone(double seconds, bool expected)
    {
        var call = new DefaultHttpContext();
        call.Request.Headers["grpc-timeout"] = "5S";
        Assert.Equal(expected, CallDeadline.HasPassed(call, TimeSpan.FromSeconds(seconds)));
    }
}

using Grpc.Core;
using InferenceBridge.Imaging;

namespace InferenceBridge.Server.Tests.Support;

/// <summary>Steps of a call that a test takes one by one.</summary>
internal static class CallExtensions
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Sends everything and half-closes.</summary>
    public static async Task UploadAsync(
        this AsyncDuplexStreamingCall<Proto.ProcessRequest, Proto.ProcessResponse> call, string operation, MemoryVolume image)
    {
        foreach (var message in Requests.Run(operation, image))
        {
            await call.RequestStream.WriteAsync(message, Cancellation);
        }

        await call.RequestStream.CompleteAsync();
    }

    /// <summary>Reads until a message comes that a test waits for.</summary>
    public static async Task<Proto.ProcessResponse> FirstAsync(
        this AsyncDuplexStreamingCall<Proto.ProcessRequest, Proto.ProcessResponse> call, Func<Proto.ProcessResponse, bool> awaited)
    {
        while (await call.ResponseStream.MoveNext(Cancellation))
        {
            if (awaited(call.ResponseStream.Current))
            {
                return call.ResponseStream.Current;
            }
        }

        throw new InvalidOperationException("The call ended before the message came.");
    }

    /// <summary>Reads to the end.</summary>
    public static async Task DrainAsync(this AsyncDuplexStreamingCall<Proto.ProcessRequest, Proto.ProcessResponse> call)
    {
        while (await call.ResponseStream.MoveNext(Cancellation))
        {
        }
    }
}

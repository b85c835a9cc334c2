using Grpc.Core;
using InferenceBridge.Imaging;

namespace InferenceBridge.Server.Jobs;

/// <summary>Reads the messages of a call and checks their order.</summary>
internal sealed class UploadReader(IAsyncStreamReader<Proto.ProcessRequest> stream, JobClock clock, ClientPatience patience, int maximumChunkBytes)
{
    private readonly HashSet<string> _complete = new(StringComparer.Ordinal);

    /// <summary>The declaration, which comes first.</summary>
    public async Task<Proto.Declaration> ReadDeclarationAsync(CancellationToken cancellation)
    {
        if (!await NextAsync(cancellation).ConfigureAwait(false))
        {
            throw Violation("the stream ended without a message", "a declaration first");
        }

        return stream.Current.KindCase == Proto.ProcessRequest.KindOneofCase.Declaration
            ? stream.Current.Declaration
            : throw Violation($"the first message is {Name(stream.Current)}", "a declaration first");
    }

    /// <summary>The chunks of one input in order, checked, until its last plane is there.</summary>
    public async IAsyncEnumerable<ReceivedChunk> ReadAsync(
        string input, VolumeInfo info, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var sequence = new ChunkSequence(info, input);
        while (!sequence.IsComplete)
        {
            if (!await NextAsync(cancellation).ConfigureAwait(false))
            {
                sequence.CheckComplete();
            }

            var chunk = Chunk();
            CheckInput(chunk, input);
            var range = sequence.Accept(chunk.FirstPlane, chunk.PlaneCount, chunk.FirstRow, chunk.RowCount, chunk.Data.Span, chunk.Crc32C);
            yield return new ReceivedChunk(range, chunk.Data.Memory);
        }

        _complete.Add(input);
    }

    /// <summary>Waits for the client to half-close after the last chunk.</summary>
    public async Task ReadEndAsync(CancellationToken cancellation)
    {
        if (await NextAsync(cancellation).ConfigureAwait(false))
        {
            CheckInput(Chunk(), null);
        }
    }

    private static string Name(Proto.ProcessRequest message) => message.KindCase switch
    {
        Proto.ProcessRequest.KindOneofCase.Chunk => "a chunk",
        Proto.ProcessRequest.KindOneofCase.Declaration => "a declaration",
        _ => "empty",
    };

    private static InferenceException Violation(string got, string accepted) =>
        new(InferenceError.ProtocolViolation, "request", $"In the request {got}; accepted: {accepted}, then chunks, then half-close.");

    private Proto.Chunk Chunk() => stream.Current.KindCase == Proto.ProcessRequest.KindOneofCase.Chunk
        ? stream.Current.Chunk
        : throw Violation($"a later message is {Name(stream.Current)}", "one declaration");

    private void CheckInput(Proto.Chunk chunk, string? expected)
    {
        if (chunk.Input == expected)
        {
            return;
        }

        var accepted = expected is null ? "nothing, since every plane has come" : $"chunks of {expected}";
        throw _complete.Contains(chunk.Input)
            ? new InferenceException(InferenceError.ChunkOutOfOrder, $"{chunk.Input}.chunk.first_plane",
                $"A chunk of {chunk.Input} came after its last plane; accepted: {accepted}.")
            : new InferenceException(InferenceError.InputUnexpected, "chunk.input",
                $"A chunk names the input \"{chunk.Input}\"; accepted here: {accepted}.");
    }

    private async ValueTask<bool> NextAsync(CancellationToken cancellation)
    {
        var start = clock.Now;
        try
        {
            return await patience.WaitAsync(stream.MoveNext(cancellation), "send a message").ConfigureAwait(false);
        }
        catch (RpcException e) when (e.StatusCode == StatusCode.ResourceExhausted)
        {
            throw new InferenceException(InferenceError.ChunkSizeMismatch, "chunk.data",
                "A message is larger than this server takes; accepted: chunks of at most "
                + $"{maximumChunkBytes} bytes (InferenceBridge:MaxChunkBytes).", e);
        }
        catch (IOException e)
        {
            throw new InferenceException(InferenceError.Cancelled, "", "The client went away.", e);
        }
        finally
        {
            clock.AddUpload(start);
        }
    }
}

/// <summary>A checked chunk. Its data is valid as long as anyone holds it.</summary>
internal readonly record struct ReceivedChunk(ChunkRange Range, ReadOnlyMemory<byte> Data);

using InferenceBridge.Benchmarks.Memory;
using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Concurrency;

/// <summary>A job that is run many times and must give the same result every time.</summary>
internal sealed class JobKind(IVolumeReader image, RunRequest request)
{
    private IReadOnlyList<uint>? _expected;

    /// <summary>Runs it by a client of its own.</summary>
    /// <exception cref="InvalidDataException">Pixels are missing, or differ from those of the first run.</exception>
    public async Task<RunSummary> RunAsync(string address, CancellationToken cancellation)
    {
        await using var client = InferenceBridgeClient.Connect(address);
        ChecksumWriter? writer = null;
        var summary = await client.RunAsync(image, info => writer = new ChecksumWriter(info), request, cancellation: cancellation);
        if (writer is not { IsComplete: true } || writer.Bytes != image.Info.TotalBytes)
        {
            throw new InvalidDataException($"{request.Operation} lost a part of its result.");
        }

        var expected = Interlocked.CompareExchange(ref _expected, writer.Checksums, null) ?? writer.Checksums;
        return expected.SequenceEqual(writer.Checksums)
            ? summary
            : throw new InvalidDataException($"{request.Operation} gave another result than when it ran alone.");
    }
}

using System.Globalization;
using System.Text.Json;
using InferenceBridge.Benchmarks.Harness;
using InferenceBridge.Client;
using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Memory;

/// <summary>What a client that held nothing has seen.</summary>
/// <param name="Bytes">Bytes of the result that came.</param>
/// <param name="Seconds">Seconds of the job.</param>
/// <param name="PeakBytes">Most physical memory of the client's process.</param>
/// <param name="Checksums">Checksums of the result's first planes.</param>
/// <param name="ImageChecksums">The same of the image.</param>
internal sealed record StreamOutcome(long Bytes, double Seconds, long PeakBytes, IReadOnlyList<uint> Checksums, IReadOnlyList<uint> ImageChecksums);

/// <summary>The client's part of the memory benchmark, in a process of its own.</summary>
internal static class StreamClient
{
    /// <summary>What starts this part: this, then address, operation, planes, and edge of a plane in pixels.</summary>
    public const string Argument = "--stream";

    /// <summary>The child's part: runs one operation on a generated volume and prints what it saw as one line of JSON.</summary>
    public static async Task RunAsync(string address, string operation, string planes, string edge)
    {
        var pixels = int.Parse(edge, CultureInfo.InvariantCulture);
        using var volume = new GeneratedVolume(new VolumeShape(int.Parse(planes, CultureInfo.InvariantCulture), pixels, pixels));
        await using var client = InferenceBridgeClient.Connect(address);
        ChecksumWriter? writer = null;
        var summary = await client.RunAsync(volume, info => writer = new ChecksumWriter(info), new RunRequest(operation));
        if (writer is not { IsComplete: true })
        {
            throw new InvalidDataException("The result was not completed.");
        }

        Console.WriteLine(JsonSerializer.Serialize(new StreamOutcome(
            writer.Bytes, summary.ClientSeconds, ProcessMemory.PeakBytes(Environment.ProcessId), writer.Checksums, ChecksumsOf(volume))));
    }

    private static IReadOnlyList<uint> ChecksumsOf(GeneratedVolume volume)
    {
        using var writer = new ChecksumWriter(volume.Info);
        var buffer = new byte[volume.Info.PlaneBytes];
        foreach (var range in ChunkLayout.Split(volume.Info, 0, Math.Min(GeneratedVolume.Period, volume.Info.Shape.PlaneCount)))
        {
            var bytes = buffer.Length / volume.Info.Shape.Height * range.RowCount;
            for (var i = 0; i < range.PlaneCount; i++)
            {
                volume.ReadRows(range.FirstPlane + i, range.FirstRow, range.RowCount, buffer.AsSpan(0, bytes));
                writer.WriteRows(range.FirstPlane + i, range.FirstRow, range.RowCount, buffer.AsSpan(0, bytes));
            }
        }

        return writer.Checksums;
    }
}

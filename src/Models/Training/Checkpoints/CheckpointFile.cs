using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Training;

/// <summary>
/// Checkpoints in files: "IBTRAIN1", the length of a JSON header as 64 bits, the header, the tensors in its order, the optimizer's
/// state, and the SHA-256 of all that. Little-endian.
/// </summary>
internal static class CheckpointFile
{
    private static readonly byte[] Magic = "IBTRAIN1"u8.ToArray();
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private sealed record Entry(string Name, string Type, long[] Shape);

    private sealed record Header(CheckpointState State, Entry[] Tensors, int OptimizerBytes);

    /// <summary>Writes beside the old file first, which it then replaces: whatever fails, the old one survives.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public static void Write(string path, Checkpoint checkpoint)
    {
        var partial = path + ".partial";
        try
        {
            using (var file = new FileStream(partial, FileMode.Create, FileAccess.Write))
            {
                WriteAll(file, checkpoint);

                // A rename may reach the disk before the bytes do.
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Discard(partial);
            throw new InferenceException(InferenceError.FileUnwritable, path,
                $"Checkpoint {path} cannot be written at step {checkpoint.State.Step}: {fault.Message} "
                + (File.Exists(path) ? "The one before is still there: make room and resume." : "Accepted: a folder with room that may be written to."),
                fault);
        }
    }

    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.FileUnreadable"/>; <see cref="InferenceError.FileFormatInvalid"/>: damaged, or no checkpoint.
    /// </exception>
    public static Checkpoint Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InferenceException(InferenceError.FileUnreadable, path,
                $"Checkpoint {path} cannot be read: {fault.Message} Accepted: the checkpoint of a training that was stopped.", fault);
        }

        var end = bytes.Length - SHA256.HashSizeInBytes;
        if (end < Magic.Length + sizeof(long) || !bytes.AsSpan().StartsWith(Magic)
            || !SHA256.HashData(bytes.AsSpan(0, end)).AsSpan().SequenceEqual(bytes.AsSpan(end)))
        {
            throw new InferenceException(InferenceError.FileFormatInvalid, path,
                $"Checkpoint {path} of {bytes.Length} bytes is damaged or none; accepted: a whole checkpoint of this program.");
        }

        return Parse(bytes.AsSpan(0, end));
    }

    private static void WriteAll(FileStream file, Checkpoint checkpoint)
    {
        var tensors = Groups(checkpoint).SelectMany(group => group.State
            .Select(entry => (Name: $"{group.Name}/{entry.Key}", Tensor: entry.Value))).ToArray();
        var header = JsonSerializer.SerializeToUtf8Bytes(new Header(
            checkpoint.State,
            [.. tensors.Select(entry => new Entry(entry.Name, entry.Tensor.dtype.ToString(), entry.Tensor.shape))],
            checkpoint.Optimizer.Length), Json);
        using var hash = SHA256.Create();
        using (var stream = new CryptoStream(file, hash, CryptoStreamMode.Write, leaveOpen: true))
        {
            stream.Write(Magic);
            Span<byte> length = stackalloc byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var (_, tensor) in tensors)
            {
                using var host = tensor.cpu();
                using var packed = host.contiguous();
                stream.Write(packed.bytes);
            }

            stream.Write(checkpoint.Optimizer);
        }

        file.Write(hash.Hash!);
    }

    private static Checkpoint Parse(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes[Magic.Length..];
        var headerBytes = checked((int)BinaryPrimitives.ReadInt64LittleEndian(rest));
        rest = rest[sizeof(long)..];
        var header = JsonSerializer.Deserialize<Header>(rest[..headerBytes], Json)!;
        rest = rest[headerBytes..];
        var groups = new Dictionary<string, Dictionary<string, Tensor>>();
        foreach (var entry in header.Tensors)
        {
            var tensor = empty(entry.Shape, Enum.Parse<ScalarType>(entry.Type)).DetachFromDisposeScope();
            var target = tensor.bytes;
            rest[..target.Length].CopyTo(target);
            rest = rest[target.Length..];
            var slash = entry.Name.IndexOf('/', StringComparison.Ordinal);
            groups.TryAdd(entry.Name[..slash], []);
            groups[entry.Name[..slash]].Add(entry.Name[(slash + 1)..], tensor);
        }

        return new Checkpoint
        {
            State = header.State,
            Network = groups["network"],
            Average = groups["average"],
            Best = groups["best"],
            Helper = groups.GetValueOrDefault("helper", []),
            Optimizer = rest[..header.OptimizerBytes].ToArray(),
        };
    }

    private static (string Name, IReadOnlyDictionary<string, Tensor> State)[] Groups(Checkpoint checkpoint) =>
        [("network", checkpoint.Network), ("average", checkpoint.Average), ("best", checkpoint.Best), ("helper", checkpoint.Helper)];

    private static void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The fault that brought us here is the one to report.
        }
    }
}

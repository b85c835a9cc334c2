using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace InferenceBridge.Models.Packages;

/// <summary>
/// Weights in the safetensors format (https://github.com/huggingface/safetensors): eight bytes with the header's length, a
/// header in JSON, then the tensors' elements, little-endian, without gaps. It holds no code.
/// </summary>
public static class SafetensorsFile
{
    /// <summary>Largest header that is read or written, in bytes: the limit of the format's reference implementation.</summary>
    public const int MaximumHeaderBytes = 100_000_000;

    private const int LengthBytes = 8;
    private const int Alignment = 8;
    private const string MetadataName = "__metadata__";

    /// <summary>Reads all tensors of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>By name, on the CPU, in their own element type; the caller disposes of them.</returns>
    /// <exception cref="InferenceException">
    /// <see cref="InferenceError.FileUnreadable"/>, or <see cref="InferenceError.FileFormatInvalid"/> naming the tensor at fault.
    /// </exception>
    public static IReadOnlyDictionary<string, Tensor> Read(string path) => Read(path, out _);

    /// <inheritdoc cref="Read(string)"/>
    /// <param name="path">The file.</param>
    /// <param name="metadata">Texts that the file carries beside its tensors.</param>
    public static IReadOnlyDictionary<string, Tensor> Read(string path, out IReadOnlyDictionary<string, string> metadata)
    {
        try
        {
            using var file = File.OpenRead(path);
            var header = ReadHeader(file, path);
            metadata = header.Metadata;
            var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
            try
            {
                foreach (var entry in header.Entries)
                {
                    tensors.Add(entry.Name, ReadTensor(file, header.DataStart, entry));
                }
            }
            catch
            {
                foreach (var tensor in tensors.Values)
                {
                    tensor.Dispose();
                }

                throw;
            }

            return tensors;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InferenceException(InferenceError.FileUnreadable, path, $"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes tensors, of any device, beside each other; an existing file is replaced once all is written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Tensors by name.</param>
    /// <param name="metadata">Texts that the file is to carry; null for none.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>, or <see cref="InferenceError.FileFormatInvalid"/>: an element type that the format has not.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        // Widest elements first, as the reference implementation does, keeps every tensor aligned to its elements.
        var ordered = tensors.OrderByDescending(pair => SafetensorsTypes.Bytes(pair.Value.dtype)).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        var header = Header(path, ordered, metadata ?? new Dictionary<string, string>());
        var temporary = path + ".writing";
        try
        {
            using (var file = File.Create(temporary))
            {
                Span<byte> length = stackalloc byte[LengthBytes];
                BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
                file.Write(length);
                file.Write(header);
                foreach (var (_, tensor) in ordered)
                {
                    using var scope = NewDisposeScope();
                    file.Write(tensor.detach().to(CPU).contiguous().bytes);
                }
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new InferenceException(InferenceError.FileUnwritable, path, $"{path} cannot be written: {e.Message}", e);
        }
    }

    private static byte[] Header(string path, KeyValuePair<string, Tensor>[] tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject(MetadataName);
                foreach (var (name, value) in metadata)
                {
                    json.WriteString(name, value);
                }

                json.WriteEndObject();
            }

            long offset = 0;
            foreach (var (name, tensor) in tensors)
            {
                var bytes = checked(tensor.numel() * SafetensorsTypes.Bytes(tensor.dtype));
                json.WriteStartObject(name);
                json.WriteString("dtype", SafetensorsTypes.Name(tensor.dtype, name, path));
                json.WriteStartArray("shape");
                Array.ForEach(tensor.shape, json.WriteNumberValue);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += bytes);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Blanks behind the header align the elements.
        while (buffer.Length % Alignment != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private static SafetensorsHeader ReadHeader(FileStream file, string path)
    {
        Span<byte> prefix = stackalloc byte[LengthBytes];
        if (file.ReadAtLeast(prefix, LengthBytes, throwOnEndOfStream: false) < LengthBytes)
        {
            throw SafetensorsHeader.Fault(path, $"has {file.Length} bytes, fewer than its header's length takes");
        }

        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaximumHeaderBytes || length > (ulong)(file.Length - LengthBytes))
        {
            throw SafetensorsHeader.Fault(path, $"states a header of {length} bytes, where {file.Length - LengthBytes} follow");
        }

        var header = new byte[length];
        file.ReadExactly(header);
        return SafetensorsHeader.Parse(header, LengthBytes + (long)length, file.Length, path);
    }

    private static Tensor ReadTensor(FileStream file, long dataStart, SafetensorsEntry entry)
    {
        var tensor = empty(entry.Shape, entry.Type);
        file.Position = dataStart + entry.Start;
        file.ReadExactly(tensor.bytes);
        return tensor;
    }
}

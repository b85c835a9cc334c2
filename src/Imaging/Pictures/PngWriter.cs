using System.Buffers.Binary;
using System.IO.Compression;

namespace InferenceBridge.Imaging;

/// <summary>Writes PNG files (ISO/IEC 15948), 8 bits a channel, grey or RGB.</summary>
public static class PngWriter
{
    private const byte ColourTypeGrey = 0;
    private const byte ColourTypeRgb = 2;
    private const byte FilterUp = 2;

    /// <summary>Writes a picture to a file, which appears whole or not at all; replaces one of the same name.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public static void Write(string path, Picture picture)
    {
        if (SpecialFile.Exists(path))
        {
            throw new InferenceException(InferenceError.FileUnwritable, path,
                $"{path} cannot be written: it is a pipe or a device; accepted: the name of a file.");
        }

        var partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write))
            {
                Write(file, picture);
            }

            File.Move(partial, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            Discard(partial);
            throw new InferenceException(InferenceError.FileUnwritable, path,
                $"{path} cannot be written: {fault.Message} Accepted: a name in a folder that exists and may be written to.", fault);
        }
    }

    /// <summary>Writes a picture to a stream, which stays open.</summary>
    public static void Write(Stream stream, Picture picture)
    {
        stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), picture.Height);
        header[8] = 8;
        header[9] = picture.Channels == 1 ? ColourTypeGrey : ColourTypeRgb;
        WriteChunk(stream, "IHDR"u8, header);
        WriteChunk(stream, "IDAT"u8, Compress(picture));
        WriteChunk(stream, "IEND"u8, []);
    }

    private static byte[] Compress(Picture picture)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            // Differences to the row above: neighbouring rows of images are alike.
            var difference = new byte[1 + (picture.Width * picture.Channels)];
            difference[0] = FilterUp;
            for (var row = 0; row < picture.Height; row++)
            {
                var (here, above) = (row, row - 1);
                for (var i = 1; i < difference.Length; i++)
                {
                    difference[i] = (byte)(picture.Row(here)[i - 1] - (row == 0 ? 0 : picture.Row(above)[i - 1]));
                }

                zlib.Write(difference);
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Compute(type, data));
        stream.Write(number);
    }

    private static void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // The fault that brought us here is the one to report.
        }
    }
}

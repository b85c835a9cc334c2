using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace InferenceBridge.Imaging.Tests;

/// <summary>Reads what the PNG specification says of 8-bit grey and RGB, filters 0 to 2, checking every checksum.</summary>
internal static class PngReader
{
    public static (int Width, int Height, int Channels, byte[] Pixels) Read(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        var (types, header, data) = (new List<string>(), Array.Empty<byte>(), new MemoryStream());
        for (var at = 8; at < file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            var type = Encoding.ASCII.GetString(file, at + 4, 4);
            Assert.Equal(Crc(file.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at + 8 + length)));
            types.Add(type);
            var content = file[(at + 8)..(at + 8 + length)];
            if (type == "IHDR")
            {
                header = content;
            }
            else if (type == "IDAT")
            {
                data.Write(content);
            }

            at += 12 + length;
        }

        Assert.Equal(["IHDR", "IDAT", "IEND"], types);
        Assert.Equal((8, 0, 0, 0), (header[8], header[10], header[11], header[12]));
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        var channels = header[9] switch { 0 => 1, 2 => 3, _ => throw new InvalidDataException() };
        data.Position = 0;
        return (width, height, channels, Unfilter(data, width, height, channels));
    }

    private static byte[] Unfilter(MemoryStream data, int width, int height, int channels)
    {
        using var zlib = new ZLibStream(data, CompressionMode.Decompress);
        using var raw = new MemoryStream();
        zlib.CopyTo(raw);
        var rowBytes = width * channels;
        Assert.Equal((rowBytes + 1) * height, raw.Length);
        var pixels = new byte[rowBytes * height];
        for (var row = 0; row < height; row++)
        {
            var filter = raw.GetBuffer()[row * (rowBytes + 1)];
            for (var i = 0; i < rowBytes; i++)
            {
                var at = (row * rowBytes) + i;
                var predicted = filter switch
                {
                    0 => 0,
                    1 => i < channels ? 0 : pixels[at - channels],
                    2 => row == 0 ? 0 : pixels[at - rowBytes],
                    _ => throw new InvalidDataException($"Filter {filter}."),
                };
                pixels[at] = (byte)(raw.GetBuffer()[(row * (rowBytes + 1)) + 1 + i] + predicted);
            }
        }

        return pixels;
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}

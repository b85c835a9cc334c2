using System.Buffers.Binary;

namespace InferenceBridge.Cli.Tests.Support;

/// <summary>
/// Reads along an HTTP/2 connection from its client, and once it holds, lets through all but the frames of data: a client that sends no more of its volume
/// still takes its answer, and says so by its window updates.
/// </summary>
internal sealed class UploadHold
{
    private const int PrefaceBytes = 24;
    private const int HeaderBytes = 9;
    private const int TypeAt = 3;
    private const byte Data = 0;

    private readonly byte[] _header = new byte[HeaderBytes];
    private int _preface = PrefaceBytes;
    private int _known;
    private int _left;
    private bool _passes = true;

    /// <summary>Whether frames of data that begin from now on are held.</summary>
    public bool Holds { get; set; }

    /// <summary>What of the next bytes goes on.</summary>
    public byte[] Pass(ReadOnlySpan<byte> bytes)
    {
        using var passed = new MemoryStream(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var count = _preface > 0 ? Math.Min(_preface, bytes.Length) : _left > 0 ? Math.Min(_left, bytes.Length) : 0;
            if (count == 0)
            {
                _header[_known++] = bytes[0];
                bytes = bytes[1..];
                Begin(passed);
                continue;
            }

            if (_passes)
            {
                passed.Write(bytes[..count]);
            }

            (_preface, _left) = _preface > 0 ? (_preface - count, 0) : (0, _left - count);
            bytes = bytes[count..];
        }

        return passed.ToArray();
    }

    private void Begin(MemoryStream passed)
    {
        if (_known < HeaderBytes)
        {
            return;
        }

        (_known, _left) = (0, BinaryPrimitives.ReadInt32BigEndian(_header) >>> 8);
        _passes = !Holds || _header[TypeAt] != Data;
        if (_passes)
        {
            passed.Write(_header);
        }
    }
}

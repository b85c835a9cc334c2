namespace InferenceBridge.Imaging;

/// <summary>A lookup table (LUT): the 256 colours that a channel is shown with, from its display range's minimum to its maximum.</summary>
public sealed class ChannelLut : IEquatable<ChannelLut>
{
    /// <summary>Bytes of a table: 256 reds, then 256 greens, then 256 blues.</summary>
    public const int ByteCount = 3 * Entries;

    private const int Entries = 256;

    private readonly byte[] _bytes;

    /// <summary>Takes a copy of a table.</summary>
    /// <param name="bytes">256 reds, 256 greens, 256 blues.</param>
    /// <exception cref="ArgumentException">The number of bytes is not <see cref="ByteCount"/>.</exception>
    public ChannelLut(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != ByteCount)
        {
            throw new ArgumentException($"{bytes.Length} bytes; accepted: {ByteCount}.", nameof(bytes));
        }

        _bytes = bytes.ToArray();
    }

    /// <summary>256 reds, 256 greens, 256 blues.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>White to black, as ImageJ shows inverted images.</summary>
    internal static ChannelLut Inverted { get; } = new([.. Enumerable.Range(0, ByteCount).Select(i => (byte)(255 - (i % Entries)))]);

    /// <summary>A straight ramp from black to a colour.</summary>
    public static ChannelLut Ramp(byte red, byte green, byte blue)
    {
        var bytes = new byte[ByteCount];
        for (var i = 0; i < Entries; i++)
        {
            bytes[i] = (byte)(red * i / 255);
            bytes[Entries + i] = (byte)(green * i / 255);
            bytes[(2 * Entries) + i] = (byte)(blue * i / 255);
        }

        return new ChannelLut(bytes);
    }

    /// <summary>The last colour of a table that is a straight ramp from black; false for any other table.</summary>
    public bool TryGetRamp(out (byte Red, byte Green, byte Blue) colour)
    {
        colour = (_bytes[Entries - 1], _bytes[(2 * Entries) - 1], _bytes[(3 * Entries) - 1]);
        Span<byte> ends = [colour.Red, colour.Green, colour.Blue];
        for (var i = 0; i < ByteCount; i++)
        {
            // Programs round in their own ways.
            if (Math.Abs(_bytes[i] - (ends[i / Entries] * (i % Entries) / 255.0)) > 1)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Name of a ramp such as "grey", "green" or "#ff8000"; "custom" for any other table.</summary>
    public override string ToString() => !TryGetRamp(out var colour) ? "custom" : colour switch
    {
        (255, 255, 255) => "grey",
        (255, 0, 0) => "red",
        (0, 255, 0) => "green",
        (0, 0, 255) => "blue",
        (0, 255, 255) => "cyan",
        (255, 0, 255) => "magenta",
        (255, 255, 0) => "yellow",
        var (red, green, blue) => $"#{red:x2}{green:x2}{blue:x2}",
    };

    /// <inheritdoc/>
    public bool Equals(ChannelLut? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ChannelLut);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(_bytes);
        return hash.ToHashCode();
    }
}

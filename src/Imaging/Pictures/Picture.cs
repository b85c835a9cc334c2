namespace InferenceBridge.Imaging;

/// <summary>A picture for people to look at: 8 bits a channel, grey or RGB.</summary>
public sealed class Picture
{
    /// <summary>Creates a black picture.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1 for grey, 3 for RGB.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or there are neither 1 nor 3 channels.</exception>
    public Picture(int width, int height, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (channels is not (1 or 3))
        {
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "Accepted: 1 or 3.");
        }

        (Width, Height, Channels) = (width, height, channels);
        Pixels = new byte[checked((long)width * height * channels)];
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>1 for grey, 3 for RGB.</summary>
    public int Channels { get; }

    /// <summary>Rows from the top, pixels from the left, channels in the order R, G, B; no padding.</summary>
    public byte[] Pixels { get; }

    /// <summary>One row of pixels.</summary>
    public Span<byte> Row(int row) => Pixels.AsSpan(checked(row * Width * Channels), Width * Channels);

    /// <summary>Fills a rectangle, cut at the edges, with a level of grey.</summary>
    internal void Fill(int left, int top, int width, int height, byte level)
    {
        var (first, end) = (Math.Clamp(left, 0, Width), Math.Clamp(left + width, 0, Width));
        for (var row = Math.Max(0, top); row < Math.Min(Height, top + height) && end > first; row++)
        {
            Row(row)[(first * Channels)..(end * Channels)].Fill(level);
        }
    }

    /// <summary>Fills a rectangle, cut at the edges, of an RGB picture with a colour.</summary>
    internal void Fill(int left, int top, int width, int height, (byte R, byte G, byte B) colour)
    {
        var (first, end) = (Math.Clamp(left, 0, Width), Math.Clamp(left + width, 0, Width));
        for (var row = Math.Max(0, top); row < Math.Min(Height, top + height); row++)
        {
            for (var column = first; column < end; column++)
            {
                var pixel = Row(row).Slice(column * 3, 3);
                (pixel[0], pixel[1], pixel[2]) = colour;
            }
        }
    }

    /// <summary>Copies a picture, grey or of the same channels, to where it fits wholly.</summary>
    internal void Draw(Picture picture, int left, int top)
    {
        for (var row = 0; row < picture.Height; row++)
        {
            var source = picture.Row(row);
            var target = Row(top + row).Slice(left * Channels, picture.Width * Channels);
            if (picture.Channels == Channels)
            {
                source.CopyTo(target);
                continue;
            }

            for (var i = 0; i < target.Length; i++)
            {
                target[i] = source[i / Channels];
            }
        }
    }

    /// <summary>Repeats every pixel <paramref name="zoom"/> times both ways.</summary>
    internal Picture Enlarge(int zoom)
    {
        var large = new Picture(checked(Width * zoom), checked(Height * zoom), Channels);
        for (var row = 0; row < large.Height; row++)
        {
            var (source, target) = (row / zoom, row);
            for (var column = 0; column < large.Width; column++)
            {
                Row(source).Slice(column / zoom * Channels, Channels).CopyTo(large.Row(target)[(column * Channels)..]);
            }
        }

        return large;
    }
}

namespace InferenceBridge.Imaging;

/// <summary>
/// Uncompressed pages that follow each other without gaps, with the directories behind them: the layout in which ImageJ
/// itself writes stacks. In any other it loses labels, overlay and properties, and it reads this one fastest.
/// </summary>
internal sealed class RawPages : ITiffPages
{
    // Room for the larger of the two headers.
    private const int FirstPixel = 16;

    private readonly TiffPageLayout _layout;
    private readonly bool _bigTiff;
    private readonly FileStream _stream;

    public RawPages(string path, TiffPageLayout layout, bool bigTiff)
    {
        (_layout, _bigTiff) = (layout, bigTiff);
        _stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, 1 << 16);
        _stream.Write(bigTiff ? [(byte)'I', (byte)'I', 43, 0, 8, 0, 0, 0] : [(byte)'I', (byte)'I', 42, 0, 0, 0, 0, 0]);
        _stream.Write(new byte[FirstPixel - 8]);
    }

    public void Append(ReadOnlySpan<byte> rows) => _stream.Write(rows);

    public void Finish(IReadOnlyList<NewTag> tags)
    {
        var common = Tags().Select(tag => RawDirectoryWriter.Store(_stream, tag, _bigTiff)).ToList();
        var pages = _layout.Info.Shape.PlaneCount;
        var start = RawDirectoryWriter.Align(_stream);
        var table = RawDirectoryWriter.Table([.. common, Offsets(1, 0)], _bigTiff, 0).Length;
        var block = table + OffsetBytes(0).Length;
        block += -block & 7;
        for (long page = 1; page < pages; page++)
        {
            var at = start + ((page - 1) * block);
            _stream.Write(RawDirectoryWriter.Table([.. common, Offsets(page, at + table)], _bigTiff, page + 1 < pages ? at + block : 0));
            _stream.Write(_layout.StripCount > 1 ? OffsetBytes(page) : []);
            _stream.Write(new byte[at + block - _stream.Position]);
        }

        List<RawEntry> first = [.. common, .. tags.Select(tag => RawDirectoryWriter.Store(_stream, tag, _bigTiff))];
        first.Add(RawDirectoryWriter.Store(_stream, OffsetTag(0), _bigTiff));
        RawDirectoryWriter.WriteFirst(_stream, first, _bigTiff, pages > 1 ? start : 0);
        _stream.Dispose();
    }

    public void Dispose()
    {
        try
        {
            _stream.Dispose();
        }
        catch (Exception exception) when (DiskSpace.IsRefusal(exception))
        {
            // What a full disk did not take is thrown away with the file.
        }
    }

    private int OffsetSize => _bigTiff ? 8 : 4;

    private IEnumerable<NewTag> Tags()
    {
        var (shape, strips) = (_layout.Info.Shape, _layout.StripCount);
        yield return NewTag.Long(256, (uint)shape.Width);
        yield return NewTag.Long(257, (uint)shape.Height);
        yield return NewTag.Short(258, _layout.BitsPerSample);
        yield return NewTag.Short(259, 1);
        yield return NewTag.Short(262, 1);
        yield return NewTag.Short(277, 1);
        yield return NewTag.Long(278, (uint)_layout.RowsPerStrip);
        var lengths = new byte[4 * strips];
        for (var strip = 0; strip < strips; strip++)
        {
            var rows = Math.Min(_layout.RowsPerStrip, shape.Height - (strip * _layout.RowsPerStrip));
            RawDirectoryWriter.Write(lengths.AsSpan(4 * strip), (long)rows * _layout.RowBytes, 4);
        }

        yield return new NewTag(279, 4, strips, lengths);
        yield return NewTag.Short(339, (int)_layout.SampleFormat);
        foreach (var tag in _layout.ResolutionTags)
        {
            yield return tag;
        }
    }

    /// <summary>The entry of a page's strips, whose offsets are at <paramref name="at"/> unless there is only one.</summary>
    private RawEntry Offsets(long page, long at)
    {
        var tag = OffsetTag(page);
        var inline = new byte[OffsetSize];
        RawDirectoryWriter.Write(inline, at, OffsetSize);
        return new RawEntry(tag.Tag, tag.Type, (ulong)tag.Count, _layout.StripCount == 1 ? tag.Value : inline);
    }

    private NewTag OffsetTag(long page) => new(273, (ushort)(_bigTiff ? 16 : 4), _layout.StripCount, OffsetBytes(page));

    private byte[] OffsetBytes(long page)
    {
        var bytes = new byte[OffsetSize * _layout.StripCount];
        var first = FirstPixel + (page * _layout.Info.PlaneBytes);
        for (var strip = 0; strip < _layout.StripCount; strip++)
        {
            var offset = first + ((long)strip * _layout.RowsPerStrip * _layout.RowBytes);
            RawDirectoryWriter.Write(bytes.AsSpan(OffsetSize * strip), offset, OffsetSize);
        }

        return bytes;
    }
}

using System.Buffers.Binary;
using System.Text;

namespace InferenceBridge.Imaging.Tests.Tiff;

/// <summary>Writes TIFFs byte by byte from the specification, without any library: classic or BigTIFF, in either byte order.</summary>
internal sealed class TiffBuilder(bool isBigEndian = false, bool isBigTiff = false)
{
    private readonly List<byte> _out = [];
    private readonly List<Page> _pages = [];

    /// <summary>A directory: tags in any order, strips, directories beside the chain.</summary>
    public sealed record Page(int Width, int Height, params byte[][] Strips)
    {
        /// <summary>Values of 16 or 32 bits by tag.</summary>
        public Dictionary<int, long[]> Tags { get; } = new()
        {
            [256] = [Width], [257] = [Height], [258] = [8], [259] = [1], [262] = [1], [277] = [1],
        };

        public string Description { get; init; } = "";

        public Page[] Children { get; init; } = [];

        public Page With(int tag, params long[] values)
        {
            Tags[tag] = values;
            return this;
        }
    }

    public Page Add(Page page)
    {
        _pages.Add(page);
        return page;
    }

    /// <summary>Writes the file and gives the offset of the first page's first strip.</summary>
    public long Write(string path)
    {
        _out.Clear();
        _out.AddRange(isBigEndian ? "MM"u8 : "II"u8);
        Number(isBigTiff ? 43 : 42, 2);
        if (isBigTiff)
        {
            Number(8, 2);
            Number(0, 2);
        }

        var link = _out.Count;
        Number(0, OffsetBytes);
        long firstStrip = 0;
        foreach (var page in _pages)
        {
            var (directory, next, strip) = Put(page);
            firstStrip = firstStrip == 0 ? strip : firstStrip;
            Patch(link, directory);
            link = next;
        }

        File.WriteAllBytes(path, [.. _out]);
        return firstStrip;
    }

    /// <summary>Samples in the file's byte order.</summary>
    public byte[] Samples(int bytesEach, params ulong[] values)
    {
        var data = new byte[bytesEach * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            Encode(values[i], data.AsSpan(i * bytesEach, bytesEach));
        }

        return data;
    }

    private int OffsetBytes => isBigTiff ? 8 : 4;

    private (long Directory, int Link, long FirstStrip) Put(Page page)
    {
        var children = page.Children.Select(child => Put(child).Directory).ToArray();
        var offsets = new List<long>();
        foreach (var strip in page.Strips)
        {
            offsets.Add(_out.Count);
            _out.AddRange(strip);
        }

        var entries = new SortedDictionary<int, (int Type, int Count, byte[] Value)>();
        void Entry(int tag, int type, int size, params long[] values) =>
            entries[tag] = (type, values.Length, Samples(size, [.. values.Select(value => (ulong)value)]));

        foreach (var (tag, values) in page.Tags)
        {
            Entry(tag, values.Any(value => value > 65535) ? 4 : 3, values.Any(value => value > 65535) ? 4 : 2, values);
        }

        if (page.Strips.Length > 0)
        {
            var isTiled = page.Tags.ContainsKey(322);
            Entry(isTiled ? 324 : 273, isBigTiff ? 16 : 4, OffsetBytes, [.. offsets]);
            Entry(isTiled ? 325 : 279, isBigTiff ? 16 : 4, OffsetBytes, [.. page.Strips.Select(strip => (long)strip.Length)]);
        }

        if (page.Description.Length > 0)
        {
            var text = Encoding.UTF8.GetBytes(page.Description + "\0");
            entries[270] = (2, text.Length, text);
        }

        if (children.Length > 0)
        {
            Entry(330, isBigTiff ? 16 : 4, OffsetBytes, children);
        }

        // Values that do not fit the entry come first.
        var places = new Dictionary<int, long>();
        foreach (var (tag, entry) in entries.Where(entry => entry.Value.Value.Length > OffsetBytes))
        {
            Align();
            places[tag] = _out.Count;
            _out.AddRange(entry.Value);
        }

        Align();
        var directory = _out.Count;
        Number(entries.Count, isBigTiff ? 8 : 2);
        foreach (var (tag, (type, count, value)) in entries)
        {
            Number(tag, 2);
            Number(type, 2);
            Number(count, OffsetBytes);
            if (places.TryGetValue(tag, out var place))
            {
                Number(place, OffsetBytes);
            }
            else
            {
                _out.AddRange(value);
                _out.AddRange(new byte[OffsetBytes - value.Length]);
            }
        }

        var link = _out.Count;
        Number(0, OffsetBytes);
        return (directory, link, offsets.Count > 0 ? offsets[0] : 0);
    }

    private void Patch(int position, long value)
    {
        var data = new byte[OffsetBytes];
        Encode((ulong)value, data);
        for (var i = 0; i < data.Length; i++)
        {
            _out[position + i] = data[i];
        }
    }

    // Directories and values begin on whole words.
    private void Align()
    {
        if (_out.Count % 2 != 0)
        {
            _out.Add(0);
        }
    }

    private void Number(long value, int bytes)
    {
        Span<byte> data = stackalloc byte[bytes];
        Encode((ulong)value, data);
        _out.AddRange(data);
    }

    private void Encode(ulong value, Span<byte> data)
    {
        Span<byte> all = stackalloc byte[8];
        if (isBigEndian)
        {
            BinaryPrimitives.WriteUInt64BigEndian(all, value);
            all[(8 - data.Length)..].CopyTo(data);
        }
        else
        {
            BinaryPrimitives.WriteUInt64LittleEndian(all, value);
            all[..data.Length].CopyTo(data);
        }
    }
}

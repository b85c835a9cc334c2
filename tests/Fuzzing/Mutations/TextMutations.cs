using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace InferenceBridge.Fuzzing.Mutations;

/// <summary>Changes to the text of an ImageDescription, in place or moved to the end of the file, where it may grow.</summary>
internal static class TextMutations
{
    private const int ImageDescription = 270;
    private const int Ascii = 2;

    private static readonly string[] Numbers =
    [
        "0", "-1", "1", "2", "3", "7", "255", "65536", "2000000000", "2147483647", "2147483648", "4294967295", "-9223372036854775808",
        "18446744073709551616", "1e308", "1e-320", "NaN", "Infinity", "1.5", "",
    ];

    private static readonly string[] Lines =
    [
        "\nimages=", "\nchannels=", "\nslices=", "\nframes=", "\nspacing=", "\nfinterval=", "\nmin=", "\nmax=", "\nunit=\\u00", "\nunit=",
    ];

    private static readonly string[] Elements =
    [
        "<TiffData IFD=\"{0}\" PlaneCount=\"{0}\"/>", "<TiffData FirstZ=\"{0}\" FirstT=\"{0}\" FirstC=\"{0}\"/>", " SizeT=\"{0}\" ", " SizeC=\"{0}\" ",
        " SizeZ=\"{0}\" ", "<!DOCTYPE x [<!ENTITY a \"{0}\">]>", "<Pixels SizeX=\"{0}\" SizeY=\"1\" SizeZ=\"1\" SizeC=\"1\" SizeT=\"1\">",
        "<UUID FileName=\"../{0}\">urn</UUID>", "&#x{0};", "<Plane TheZ=\"{0}\" TheC=\"{0}\" TheT=\"{0}\" DeltaT=\"{0}\"/>", "PhysicalSizeX=\"{0}\"",
    ];

    /// <summary>Changes the text of one description.</summary>
    public static string Apply(List<byte> file, TiffMap map, CaseRandom random)
    {
        var bytes = CollectionsMarshal.AsSpan(file);
        var entry = random.Pick(map.Entries);
        foreach (var candidate in map.Entries)
        {
            if (map.Tag(bytes, candidate) == ImageDescription)
            {
                entry = candidate;
                break;
            }
        }

        // Where no entry is a description, one becomes it.
        var text = map.Tag(bytes, entry) == ImageDescription && map.Values(bytes, entry) is { } values
            ? Encoding.Latin1.GetString(bytes.Slice(values.At, values.Bytes))
            : random.OneIn(2) ? "ImageJ=1.54f\nimages=2\nslices=2\n\0" : "<?xml version=\"1.0\"?><OME><Image><Pixels/></Image></OME>\0";
        var changed = Change(text, random);
        map.Write(bytes, entry, 2, ImageDescription);
        map.Write(bytes, entry + 2, 2, Ascii);
        map.Write(bytes, entry + 4, map.WordBytes, (ulong)changed.Length);
        map.Write(bytes, entry + 4 + map.WordBytes, map.WordBytes, (ulong)file.Count);
        file.AddRange(Encoding.Latin1.GetBytes(changed));
        return $"the description becomes {changed.Length} characters";
    }

    private static string Change(string text, CaseRandom random)
    {
        var at = random.Below(text.Length);
        var length = Math.Min(random.Below(24), text.Length - at);
        var number = random.Pick(Numbers);
        return random.Below(8) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, text.Substring(at, length)),
            2 => text.Insert(at, ((char)random.Below(256)).ToString()),
            3 => text.Insert(Math.Max(0, text.IndexOf('\n', StringComparison.Ordinal)), random.Pick(Lines) + number),
            4 => text.Insert(Math.Max(0, text.IndexOf(random.OneIn(2) ? '>' : '<', at)), string.Format(CultureInfo.InvariantCulture, random.Pick(Elements), number)),
            5 => string.Concat(Enumerable.Repeat(text, 2 + random.Below(6))),
            _ => ReplaceNumber(text, at, number),
        };
    }

    private static string ReplaceNumber(string text, int at, string number)
    {
        var first = at;
        while (first < text.Length && !char.IsAsciiDigit(text[first]))
        {
            first++;
        }

        var end = first;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return string.Concat(text.AsSpan(0, first), number, text.AsSpan(end));
    }
}

namespace InferenceBridge.Imaging.Tests.Tiff;

/// <summary>Volumes with everything that a file can tell of them.</summary>
internal static class MetadataSamples
{
    public static readonly ProvenanceEntry Entry = new("denoise/nlm", "1.2", new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero))
    {
        Parameters = [new("h", "0.5"), new("mode", "3d")], WeightsSha256 = "abc123", Device = "cuda:0", ServerVersion = "0.1.0", Source = "cell 1.tif",
    };

    public static ChannelLut Fire { get; } = new([.. Enumerable.Range(0, 768).Select(i => (byte)(i < 256 ? i : i < 512 ? i * i / 1024 : 255 - (i % 256)))]);

    public static ImageMetadata Full(VolumeShape shape) => new()
    {
        Info = "Objective = 63x\nStain: Ångström µ\n",
        SliceLabels = [.. Enumerable.Range(0, (int)shape.PlaneCount).Select(plane => $"plane {plane} µ")],
        Luts = [.. Enumerable.Range(0, shape.Channels).Select(c => c == 0 ? ChannelLut.Ramp(0, 255, 0) : Fire)],
        DisplayRanges = [.. Enumerable.Range(0, shape.Channels).Select(c => new DisplayRange(c + 0.25, 100 + c))],
        Roi = new byte[] { 1, 2, 3 },
        Overlay = [new byte[] { 4, 5 }, new byte[] { 6 }],
        Properties = [new("Stain", "DAPI µ"), new("key", "")],
        DescriptionLines = shape.Channels > 1 ? [new("mode", "color"), new("xorigin", "3.0")] : [new("xorigin", "3.0")],
        Provenance = [Entry, Entry with { Operation = "second" }],
    };

    public static string Write(string folder, string name, VolumeInfo info, TiffWriteOptions options)
    {
        var path = Path.Combine(folder, name);
        var volume = TiffRoundTripTests.Numbered(info);
        using var writer = VolumeFile.Create(path, info, options);
        for (long plane = 0; plane < info.Shape.PlaneCount; plane++)
        {
            writer.WriteRows(plane, 0, info.Shape.Height, volume.Plane(plane).Span);
        }

        writer.Complete();
        return path;
    }

    public static ImageMetadata Read(string path)
    {
        using var reader = VolumeFile.OpenRead(path);
        return reader.Metadata;
    }

    public static void AssertSame(ImageMetadata expected, ImageMetadata actual)
    {
        Assert.Equal(expected.Info, actual.Info);
        Assert.Equal(expected.SliceLabels, actual.SliceLabels);
        Assert.Equal(expected.Luts, actual.Luts);
        Assert.Equal(expected.DisplayRanges, actual.DisplayRanges);
        Assert.Equal(expected.Roi.ToArray(), actual.Roi.ToArray());
        Assert.Equal(expected.Overlay.Select(element => element.ToArray()), actual.Overlay.Select(element => element.ToArray()));
        Assert.Equal(expected.Properties, actual.Properties);
        Assert.Equal(expected.Provenance.Select(ProvenanceText.Pairs), actual.Provenance.Select(ProvenanceText.Pairs));
    }
}

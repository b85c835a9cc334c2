namespace InferenceBridge.Imaging.Tests.Tiff;

/// <summary>ImageJ's form for large stacks: one directory, all images behind its data.</summary>
public sealed class ImageJRawStackTests : TiffTestFolder
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OpenRead_ImagesBehindOneDirectory_AreTheHyperstack(bool isBigEndian)
    {
        // 2 channels × 3 slices × 2 frames of 2×2 pixels: ImageJ counts channels fastest, then slices, then frames.
        Write(At("a.tif"), isBigEndian, "images=12\nchannels=2\nslices=3\nframes=2\nhyperstack=true\n", images: 12);
        using var reader = VolumeFile.OpenRead(At("a.tif"));
        Assert.Equal(new VolumeShape(2, 2, 3, 2, 2), reader.Info.Shape);
        Assert.Equal(TiffFlavour.ImageJ, reader.Format.Flavour);

        // Image 1 is channel 1 of slice 0; image 2 is channel 0 of slice 1; image 6 begins frame 1.
        Assert.Equal(
            [0, 2, 4, 1, 3, 5, 6, 8, 10, 7, 9, 11],
            Values<ushort>(reader).Where((_, i) => i % 4 == 0).Select(value => value / 256));
        var row = new byte[4];
        reader.ReadRows(1, 1, 1, row);
        Assert.Equal([2, 2, 3, 2], row);
    }

    [Fact]
    public void OpenRead_ColourImagesBehindOneDirectory_AreChannels()
    {
        var builder = new TiffBuilder();
        builder.Add(new TiffBuilder.Page(1, 1, new byte[3]) { Description = "ImageJ=1.54f\nimages=3\nslices=3\n" }.With(258, 8, 8, 8).With(262, 2).With(277, 3));
        Append(builder, At("rgb.tif"), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        using var reader = VolumeFile.OpenRead(At("rgb.tif"));
        Assert.Equal(new VolumeShape(1, 3, 3, 1, 1), reader.Info.Shape);
        Assert.Equal<byte>([1, 4, 7, 2, 5, 8, 3, 6, 9], Values<byte>(reader));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ReadRows_StackBeyond4GiB_FindsPlanesBehindThatOffset(bool isBigEndian)
    {
        // 2200 images of 1024×1024×2 bytes: 4.3 GiB, sparse, so that it takes no room. Image 2048 begins behind 4 GiB.
        const int Images = 2200, Side = 1024;
        var builder = new TiffBuilder(isBigEndian);
        builder.Add(new TiffBuilder.Page(Side, Side, new byte[2]) { Description = $"ImageJ=1.54f\nimages={Images}\nslices=1100\nframes=2\n" }.With(258, 16).With(278, Side));
        var path = At("large.tif");
        var start = builder.Write(path);
        Move(path, start, out var offset, Side * Side * 2, isBigEndian);
        using (var stream = new FileStream(path, FileMode.Open, FileAccess.Write))
        {
            stream.SetLength(offset + ((long)Images * Side * Side * 2));
            foreach (var image in new[] { 0, 1099, 2047, 2048, 2199 })
            {
                // The last pixel but one of the image's last row.
                stream.Position = offset + (((long)image + 1) * Side * Side * 2) - 4;
                stream.Write(builder.Samples(2, (ulong)(image + 1)));
            }
        }

        Assert.True(new FileInfo(path).Length > 4L << 30);
        using var reader = VolumeFile.OpenRead(path);
        Assert.Equal(new VolumeShape(2, 1, 1100, Side, Side), reader.Info.Shape);
        var row = new byte[2 * Side];
        foreach (var image in new[] { 2199, 2048, 0, 2047, 1099 })
        {
            reader.ReadRows(image, Side - 1, 1, row);
            Assert.Equal(image + 1, BitConverter.ToUInt16(row, row.Length - 4));
            Assert.Equal(2, row.Count(value => value != 0) + (((image + 1) & 0xFF) == 0 ? 1 : 0) + (image + 1 < 256 ? 1 : 0));
        }

        reader.ReadRows(2100, Side - 1, 1, row);
        Assert.DoesNotContain(row, value => value != 0);
    }

    [Fact]
    public void OpenRead_FileThatEndsEarly_SaysHowManyImagesItHolds()
    {
        Write(At("short.tif"), false, "images=12\nslices=12\n", images: 7);
        var error = Refusal(At("short.tif"));
        Assert.Contains("promises 12 images", error.Message, StringComparison.Ordinal);
        Assert.Contains("ends after 7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenRead_CompressedPageWithManyImages_IsRefused()
    {
        var builder = new TiffBuilder();
        builder.Add(new TiffBuilder.Page(2, 1, [1, 1, 2]) { Description = "ImageJ=1.54f\nimages=4\nslices=4\n" }.With(259, 32773));
        builder.Write(At("packed.tif"));
        Assert.Contains("it is compressed (packbits)", Refusal(At("packed.tif")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenRead_DirectoryBehindItsData_IsNoStack()
    {
        // As a file of many pages looks whose chain has been cut off.
        var builder = new TiffBuilder();
        builder.Add(new TiffBuilder.Page(2, 1, new byte[2]) { Description = "ImageJ=1.54f\nimages=2\nslices=2\n" });
        builder.Write(At("cut.tif"));
        Assert.Contains("its directory does not precede its data", Refusal(At("cut.tif")).Message, StringComparison.Ordinal);
    }

    // The strip goes to the end of the file and the images after it.
    private static void Append(TiffBuilder builder, string path, byte[] images)
    {
        Move(path, builder.Write(path), out var offset, images.Length, isBigEndian: false);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write);
        stream.Position = offset;
        stream.Write(images);
    }

    // Makes the only strip begin at the end of the file, by changing its offset and size in the directory.
    private static void Move(string path, long from, out long to, int bytes, bool isBigEndian)
    {
        var file = File.ReadAllBytes(path);
        to = file.Length;
        var numbers = new TiffBuilder(isBigEndian);
        Replace(numbers.Samples(2, 273), from, to);
        Replace(numbers.Samples(2, 279), -1, bytes);
        File.WriteAllBytes(path, file);

        void Replace(byte[] tag, long expected, long value)
        {
            byte[] start = [.. tag, .. numbers.Samples(2, 4), .. numbers.Samples(4, 1)];
            var at = file.AsSpan().LastIndexOf(start) + start.Length;
            Assert.True(at >= start.Length && (expected < 0 || file.AsSpan(at, 4).SequenceEqual(numbers.Samples(4, (ulong)expected))));
            numbers.Samples(4, (ulong)value).CopyTo(file, at);
        }
    }

    // Images of 2×2 pixels: the image's number × 256, plus 0 to 3.
    private static void Write(string path, bool isBigEndian, string description, int images)
    {
        var builder = new TiffBuilder(isBigEndian);
        builder.Add(new TiffBuilder.Page(2, 2, new byte[8]) { Description = $"ImageJ=1.54f\n{description}" }.With(258, 16));
        Move(path, builder.Write(path), out var offset, 8, isBigEndian);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Write);
        stream.Position = offset;
        for (var image = 0; image < images; image++)
        {
            stream.Write(builder.Samples(2, [.. Enumerable.Range(0, 4).Select(i => (ulong)((image * 256) + i))]));
        }
    }
}

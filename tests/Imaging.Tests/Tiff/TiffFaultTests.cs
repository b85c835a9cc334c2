namespace InferenceBridge.Imaging.Tests.Tiff;

/// <summary>Files that cannot be read or written end in one clear error and leave nothing behind.</summary>
public sealed class TiffFaultTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ib-tiff-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void OpenRead_MissingFile_NamesIt()
    {
        var error = Assert.Throws<InferenceException>(() => VolumeFile.OpenRead(At("missing.tif")));
        Assert.Equal(InferenceError.FileUnreadable, error.Error);
        Assert.Contains("missing.tif", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenRead_Folder_IsRefused() =>
        Assert.Contains("folder", Assert.Throws<InferenceException>(() => VolumeFile.OpenRead(_folder)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("II*")]
    [InlineData("not a TIFF at all, but some text")]
    public void OpenRead_NotATiff_SaysWhatIsAccepted(string content)
    {
        File.WriteAllText(At("text.tif"), content);
        var error = Assert.Throws<InferenceException>(() => VolumeFile.OpenRead(At("text.tif")));
        Assert.Equal(InferenceError.FileFormatInvalid, error.Error);
        Assert.Contains("accepted: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadRows_TruncatedFile_IsAnErrorOrGivesEveryPixel()
    {
        Write(At("whole.tif"), planes: 3, complete: true);
        var bytes = File.ReadAllBytes(At("whole.tif"));
        var refused = 0;
        for (var length = 0; length < bytes.Length; length += 3)
        {
            File.WriteAllBytes(At("cut.tif"), bytes[..length]);
            try
            {
                using var reader = VolumeFile.OpenRead(At("cut.tif"));
                var volume = MemoryVolume.From(reader);
                Assert.Equal(3, volume.Info.Shape.PlaneCount);
                for (var plane = 0; plane < 3; plane++)
                {
                    Assert.Equal(Enumerable.Repeat((byte)(plane + 1), 40), volume.Plane(plane).ToArray());
                }
            }
            catch (InferenceException)
            {
                refused++;
            }
        }

        // Only the last bytes, behind the last pixel, may be missing.
        Assert.InRange(refused, bytes.Length / 3 * 9 / 10, bytes.Length);
    }

    [Fact]
    public void Dispose_WithoutComplete_LeavesNothing()
    {
        Write(At("part.tif"), planes: 2, complete: false);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void Dispose_WithoutComplete_KeepsTheOldFile()
    {
        File.WriteAllText(At("old.tif"), "old");
        Write(At("old.tif"), planes: 2, complete: false);
        Assert.Equal("old", File.ReadAllText(At("old.tif")));
    }

    [Fact]
    public void Complete_PlanesMissing_IsRefused()
    {
        using var writer = VolumeFile.Create(At("a.tif"), new VolumeInfo(new VolumeShape(3, 4, 5), PixelType.UInt8));
        Assert.Throws<InvalidOperationException>(writer.Complete);
    }

    [Fact]
    public void Create_InMissingFolder_IsRefused()
    {
        var error = Assert.Throws<InferenceException>(() => VolumeFile.Create(At("none/a.tif"), new VolumeInfo(new VolumeShape(1, 1, 1), PixelType.UInt8)));
        Assert.Equal(InferenceError.FileUnwritable, error.Error);
        Assert.Contains("does not exist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteRows_OutOfOrder_IsRefused()
    {
        using var writer = VolumeFile.Create(At("a.tif"), new VolumeInfo(new VolumeShape(2, 2, 2), PixelType.UInt8));
        Assert.Throws<ArgumentException>(() => writer.WriteRows(1, 0, 2, new byte[4]));
    }

    private string At(string name) => Path.Combine(_folder, name);

    private static void Write(string path, int planes, bool complete)
    {
        using var writer = VolumeFile.Create(path, new VolumeInfo(new VolumeShape(3, 4, 5), PixelType.UInt16));
        for (var plane = 0; plane < planes; plane++)
        {
            writer.WriteRows(plane, 0, 4, Enumerable.Repeat((byte)(plane + 1), 40).ToArray());
        }

        if (complete)
        {
            writer.Complete();
        }
    }
}

using System.Diagnostics;

namespace InferenceBridge.Imaging.Tests.Tiff;

/// <summary>Names that are no files, files that change while they are read, and disks without room (issue 3).</summary>
public sealed class TiffSourceTests : IDisposable
{
    private static readonly VolumeInfo Info = new(new VolumeShape(6, 64, 50), PixelType.UInt16);

    private readonly string _folder = Directory.CreateTempSubdirectory("ib source é ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task OpenRead_Pipe_IsRefusedWithoutWaitingForAWriter()
    {
        var pipe = At("pipe.tif");
        using (var mkfifo = Process.Start("mkfifo", [pipe]))
        {
            await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var error = Assert.Throws<InferenceException>(() => VolumeFile.OpenRead(pipe));
        Assert.Equal((InferenceError.FileUnreadable, true), (error.Error, error.Message.Contains("a pipe or a device", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    public void OpenRead_Device_IsRefused(string device)
    {
        var error = Assert.Throws<InferenceException>(() => VolumeFile.OpenRead(device));
        Assert.Equal($"{device} cannot be read: it is a pipe or a device; accepted: a regular file.", error.Message);
    }

    [Theory]
    [InlineData("shorter", true)]
    [InlineData("longer", false)]
    [InlineData("same size", false)]
    public void ReadRows_FileChangedAfterItWasOpened_SaysSo(string change, bool wasCut)
    {
        var path = Write("stack.tif");
        var length = new FileInfo(path).Length;
        using var reader = VolumeFile.OpenRead(path);
        var plane = new byte[Info.PlaneBytes];
        reader.ReadRows(0, 0, Info.Shape.Height, plane);
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.SetLength(change switch { "shorter" => length / 2, "longer" => length + 1, _ => length });
            file.Position = 1000;
            file.WriteByte(1);
        }

        // A clock as coarse as the kernel's may not tell two changes apart that follow each other at once.
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddSeconds(1));
        var error = Assert.Throws<InferenceException>(() => reader.ReadRows(5, 0, Info.Shape.Height, plane));
        Assert.Equal(InferenceError.FileUnreadable, error.Error);
        Assert.Contains("changed while it was read", error.Message, StringComparison.Ordinal);
        Assert.Contains($"from {length} to {new FileInfo(path).Length} bytes", error.Message, StringComparison.Ordinal);
        Assert.Equal(wasCut, error.InnerException is InferenceException);
    }

    [Fact]
    public void ReadRows_FileReplacedUnderItsName_ReadsTheOldOneToTheEnd()
    {
        var path = Write("stack.tif", 7);
        using var reader = VolumeFile.OpenRead(path);
        File.Move(Write("other.tif", 9), path, overwrite: true);
        var plane = new byte[Info.PlaneBytes];
        reader.ReadRows(5, 0, Info.Shape.Height, plane);
        Assert.All(plane, value => Assert.Equal(7, value));
    }

    [Fact]
    public void Create_LargerThanTheDisk_IsRefusedWithBothSizesBeforeAnythingIsWritten()
    {
        // A pebibyte: no disk of a machine that runs tests has it.
        var info = new VolumeInfo(new VolumeShape(1 << 20, 1 << 15, 1 << 15), PixelType.UInt8);
        var error = Assert.Throws<InferenceException>(() => VolumeFile.Create(At("huge.tif"), info));
        Assert.Equal(InferenceError.FileUnwritable, error.Error);
        Assert.Matches($@"huge\.tif cannot be written: it takes 1,125,899,906,842,624 bytes, and {_folder} has [0-9,]+ bytes free\.$", error.Message);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(255)]
    [InlineData(220)]
    public void Create_NameAsLongAsNamesMayBe_IsWritten(int length)
    {
        var path = Write(new string('n', length - 4) + ".tif", 3);
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    private string At(string name) => Path.Combine(_folder, name);

    private string Write(string name, byte value = 5)
    {
        var plane = new byte[Info.PlaneBytes];
        Array.Fill(plane, value);
        using var writer = VolumeFile.Create(At(name), Info);
        for (var i = 0; i < Info.Shape.PlaneCount; i++)
        {
            writer.WriteRows(i, 0, Info.Shape.Height, plane);
        }

        writer.Complete();
        return At(name);
    }
}

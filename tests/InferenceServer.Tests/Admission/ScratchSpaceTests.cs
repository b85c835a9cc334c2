using InferenceBridge.Imaging;
using InferenceBridge.Server.Admission;
using InferenceBridge.Server.Jobs;
using Microsoft.Win32.SafeHandles;

namespace InferenceBridge.Server.Tests.Admission;

public sealed class ScratchSpaceTests : IDisposable
{
    private static readonly VolumeInfo Image = new(new VolumeShape(4, 10, 10), PixelType.UInt8);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ib-scratch-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Open_Written_ReadsBackAndLeavesNothingInTheFolder()
    {
        var scratch = new ScratchSpace(Options(400));
        using (var spool = scratch.Open(Image, "job"))
        {
            var plane = Enumerable.Range(0, 100).Select(i => (byte)i).ToArray();
            spool.Write(new ReceivedChunk(new ChunkRange(3, 1, 0, 10), plane));
            Assert.Equal(plane[20..50], spool.Rows(3, 2, 3).ToArray());
            Assert.Equal(400, scratch.UsedBytes);

            // Nothing to clean up after a server that is killed.
            Assert.Empty(_folder.GetFiles());
        }

        Assert.Equal(0, scratch.UsedBytes);
    }

    [Fact]
    public void Open_OthersHaveTheSpace_IsBusyUntilTheyEnd()
    {
        var scratch = new ScratchSpace(Options(799));
        var first = scratch.Open(Image, "first");
        var refusal = Assert.Throws<InferenceException>(() => scratch.Open(Image, "second"));
        Assert.Equal((InferenceError.ServerBusy, "InferenceBridge:MaxScratchBytes"), (refusal.Error, refusal.Field));
        Assert.Contains("400 bytes; accepted: 799 together", refusal.Message, StringComparison.Ordinal);
        first.Dispose();
        first.Dispose();
        Assert.Equal(0, scratch.UsedBytes);
        scratch.Open(Image, "second").Dispose();
    }

    [Fact]
    public void CheckFits_LargerThanAll_IsTooLarge()
    {
        var refusal = Assert.Throws<InferenceException>(() => new ScratchSpace(Options(399)).CheckFits(Image));
        Assert.Equal((InferenceError.VolumeTooLarge, "image"), (refusal.Error, refusal.Field));
        Assert.Contains("at most 399 bytes (InferenceBridge:MaxScratchBytes)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderGone_IsUnwritableAndReservesNothing()
    {
        var scratch = new ScratchSpace(Options(400) with { ScratchDirectory = Path.Combine(_folder.FullName, "gone") });
        var refusal = Assert.Throws<InferenceException>(() => scratch.Open(Image, "job"));
        Assert.Equal((InferenceError.FileUnwritable, "InferenceBridge:ScratchDirectory"), (refusal.Error, refusal.Field));
        Assert.Equal(0, scratch.UsedBytes);
    }

    [Fact]
    public void Open_DiskSmallerThanTheImage_IsUnwritableBeforeAnythingIsSent()
    {
        // 2^60 bytes are more than any file system here holds.
        var image = new VolumeInfo(new VolumeShape(1, 1 << 20, 1, 1 << 20, 1 << 20), PixelType.UInt8);
        var scratch = new ScratchSpace(Options(1L << 62));
        Assert.Equal(InferenceError.FileUnwritable, Assert.Throws<InferenceException>(() => scratch.Open(image, "job")).Error);
        Assert.Equal(0, scratch.UsedBytes);
        Assert.Empty(_folder.GetFiles());
    }

    [Fact]
    public void Write_DiskFull_IsUnwritable()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");
        using var spool = new FullDisk(Options(400)).Open(Image, "job");
        var refusal = Assert.Throws<InferenceException>(() => spool.Write(new ReceivedChunk(new ChunkRange(0, 1, 0, 10), new byte[100])));
        Assert.Equal((InferenceError.FileUnwritable, "InferenceBridge:ScratchDirectory"), (refusal.Error, refusal.Field));
        Assert.Contains("No space left", refusal.Message, StringComparison.Ordinal);
    }

    private InferenceServerOptions Options(long bytes) => new() { ScratchDirectory = _folder.FullName, MaxScratchBytes = bytes };
}

/// <summary>Scratch space on a disk that fills up while it is written to.</summary>
internal sealed class FullDisk(InferenceServerOptions options) : ScratchSpace(options)
{
    protected override SafeFileHandle OpenFile(string path, long bytes) =>
        File.OpenHandle("/dev/full", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
}

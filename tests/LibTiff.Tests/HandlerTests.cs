using System.Collections.Concurrent;
using InferenceBridge.LibTiff.Tests.Support;

namespace InferenceBridge.LibTiff.Tests;

public class HandlerTests
{
    [Fact]
    public void Errors_OfParallelFiles_StayWithTheirTest()
    {
        using var bad = new TempFile("no tiff"u8.ToArray());
        var counts = new ConcurrentBag<int>();
        Parallel.For(0, 50, _ =>
        {
            Messages messages = Messages.Capture();
            Tiff.Open(bad.Name, "r");
            counts.Add(messages.Errors.Count);
        });

        Assert.All(counts, count => Assert.Equal(counts.First(), count));
    }

    [Fact]
    public void Message_WithBraces_IsNotTakenForAFormat()
    {
        Messages messages = Messages.Capture();

        Assert.Null(Tiff.Open("/no/{0}/{such}.tif", "r"));
        Assert.Contains(messages.Errors, error => error.Contains("/no/{0}/{such}.tif", StringComparison.Ordinal));
    }

    [Fact]
    public void GetVersion_NamesPackageAndLibrary()
    {
        Assert.Contains("2.4.660", Tiff.GetVersion(), StringComparison.Ordinal);
        Assert.Contains("LIBTIFF", Tiff.GetVersion(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ManyFilesUnclosed_AreFreedByTheCollector()
    {
        byte[] bytes = new HandMade().Header(12).Raw(1, 2, 3, 4)
            .EntryCount(8).GreyEntries(2, 2, 8, 8, 4).Offset(0).ToArray();
        using var file = new TempFile(bytes);
        for (int i = 0; i < 3000; i++)
        {
            Assert.NotNull(Tiff.Open(file.Name, "r"));
            if (i % 100 == 99)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
    }
}

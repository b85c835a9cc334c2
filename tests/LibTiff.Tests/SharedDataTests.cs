using System.Reflection;
using InferenceBridge.LibTiff.Tests.Support;

namespace InferenceBridge.LibTiff.Tests;

/// <summary>Real files, good and malformed, beside the repository.</summary>
public class SharedDataTests
{
    private static readonly string s_root = typeof(SharedDataTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    [Fact]
    public void Read_EveryTiffOfTheCollection_NeverCrashes()
    {
        string folder = Path.Combine(s_root, "../shared/data/tiff");
        Assert.SkipUnless(Directory.Exists(folder), "../shared/data/tiff is absent.");
        int opened = 0, decoded = 0, files = 0;
        foreach (string name in Directory.EnumerateFiles(folder, "*.tif*", SearchOption.AllDirectories))
        {
            files++;
            using Tiff? tif = Tiff.Open(name, "r");
            if (tif is null)
                continue;
            opened++;
            decoded += Walk.Everything(tif);
        }
        TestContext.Current.SendDiagnosticMessage("{0} files, {1} opened, {2} strips and tiles decoded", files, opened, decoded);

        Assert.True(opened > files * 3 / 4, $"Only {opened} of {files} files could be opened.");
        Assert.True(decoded > opened, $"Only {decoded} strips and tiles of {opened} files could be decoded.");
    }
}

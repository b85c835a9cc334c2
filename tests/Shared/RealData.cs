using System.Reflection;

namespace InferenceBridge.Tests;

/// <summary>Real images beside the repository; tests that need them skip where they are absent.</summary>
internal static class RealData
{
    /// <summary>Root of the source tree that the test was built from.</summary>
    public static string RepositoryRoot { get; } = typeof(RealData).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>Folder of the images.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(RepositoryRoot, "..", "shared", "data"));

    /// <summary>Full name of a file or folder in the data; skips the test where it is absent.</summary>
    public static string Require(string relativePath)
    {
        var path = Path.Combine(Folder, relativePath);
        Assert.SkipUnless(Path.Exists(path), $"The real images are not here: {relativePath} is missing beside the repository in shared/data.");
        return path;
    }
}

using InferenceBridge.Imaging;

namespace InferenceBridge.Benchmarks.Harness;

/// <summary>Pictures of what a benchmark made, for those who ask for them.</summary>
internal static class Pictures
{
    private const string FolderVariable = "INFERENCEBRIDGE_PICTURES";

    /// <summary>Draws and writes a picture, where the environment names a folder for it, which is made if it is not there.</summary>
    public static void Save(string name, Func<Picture> draw)
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            PngWriter.Write(Path.Combine(folder, name), draw());
        }
    }
}

namespace InferenceBridge.Models.Training;

/// <summary>Sets files apart for validation.</summary>
internal static class FileSplit
{
    /// <summary>How many of the last files to set apart: at least one, at most all but one, and where possible whole fields of view.</summary>
    /// <param name="files">Two or more paths in their order.</param>
    /// <param name="share">Share for validation.</param>
    public static int Count(IReadOnlyList<string> files, double share) =>
        Whole(files, Math.Clamp((int)Math.Round(share * files.Count), 1, files.Count - 1));

    /// <summary>
    /// The count nearest to the wanted one that cuts no field in two: files of one field, such as its channels, are named alike up to their last _ or -.
    /// Where fields are so large that there is none between a half and twice of what is wanted, the wanted one.
    /// </summary>
    internal static int Whole(IReadOnlyList<string> files, int wanted) => Enumerable.Range(1, files.Count - 1)
        .Where(count => 2 * count >= wanted && count <= 2 * wanted && Field(files[^count]) != Field(files[^(count + 1)]))
        .DefaultIfEmpty(wanted).MinBy(count => Math.Abs(count - wanted));

    private static string Field(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var end = name.LastIndexOfAny(['_', '-']);
        return end > 0 ? name[..end] : name;
    }
}

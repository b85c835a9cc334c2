namespace InferenceBridge.Models.Training;

/// <summary>Sets images apart for validation.</summary>
internal static class DataSplit
{
    /// <summary>
    /// The last files in their order, at least one, and where possible whole fields of view, see <see cref="FileSplit"/>. A single file
    /// is split within: its last planes, or for want of planes its last rows; null where it is too small for that.
    /// </summary>
    /// <param name="fields">In the order of the files.</param>
    /// <param name="share">Share for validation.</param>
    /// <param name="crop">Side that each part must have.</param>
    /// <param name="leastPlanes">Planes in sequence that each part must have.</param>
    public static (IReadOnlyList<DenoisingField> Training, IReadOnlyList<DenoisingField> Validation, string How) Of(
        IReadOnlyList<DenoisingField> fields, double share, int crop, int leastPlanes)
    {
        var files = fields.Select(field => field.Images.File).Distinct().ToArray();
        if (files.Length > 1)
        {
            var count = FileSplit.Count(files, share);
            var last = files[^count..].ToHashSet();
            return ([.. fields.Where(field => !last.Contains(field.Images.File))], [.. fields.Where(field => last.Contains(field.Images.File))],
                $"the last {count} of {files.Length} files");
        }

        var planes = fields[0].Images.Series[0].Length;
        var kept = Math.Max(leastPlanes, (int)Math.Round(share * planes));
        if (planes - kept >= leastPlanes)
        {
            return ([.. fields.Select(field => Planes(field, 0, planes - kept))], [.. fields.Select(field => Planes(field, planes - kept, kept))],
                $"the last {kept} of {planes} planes");
        }

        var height = fields[0].Images.Height;
        var rows = Math.Max(crop, (int)Math.Round(share * height));
        return height - rows >= crop
            ? ([.. fields.Select(field => Rows(field, 0, height - rows))], [.. fields.Select(field => Rows(field, height - rows, rows))],
                $"the last {rows} of {height} rows")
            : (fields, fields, "none: the image is too small to be divided, and is judged by what it learns from");
    }

    private static DenoisingField Planes(DenoisingField field, int first, int count) =>
        Map(field, series => series[first..(first + count)], field.Images.Height);

    private static DenoisingField Rows(DenoisingField field, int first, int count)
    {
        var width = field.Images.Width;
        return Map(field, series => Array.ConvertAll(series, plane => plane[(first * width)..((first + count) * width)]), count);
    }

    private static DenoisingField Map(DenoisingField field, Func<float[][], float[][]> map, int height) => field with
    {
        Images = Map(field.Images, map, height),
        Clean = field.Clean is { } clean ? Map(clean, map, height) : null,
        Targets = field.Targets is { } targets ? Array.ConvertAll(targets, series => map(series)) : null,
    };

    private static ChannelImages Map(ChannelImages images, Func<float[][], float[][]> map, int height) =>
        images with { Height = height, Series = Array.ConvertAll(images.Series, series => map(series)) };
}

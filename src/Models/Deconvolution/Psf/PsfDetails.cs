namespace InferenceBridge.Models;

/// <summary>What a summary tells of the PSFs.</summary>
internal static class PsfDetails
{
    /// <summary>Source, sizes and centre.</summary>
    public static Dictionary<string, string> Of(IReadOnlyList<PointSpreadFunction> psfs) => new()
    {
        ["psf"] = string.Join("; ", psfs.Select((psf, i) => (psfs.Count == 1 ? "" : $"channel {i + 1}: ")
            + $"{psf.Source}, {psf.Shape.Depth}×{psf.Shape.Height}×{psf.Shape.Width}, centre {psf.Centre.Z}, {psf.Centre.Y}, {psf.Centre.X}")),
    };
}

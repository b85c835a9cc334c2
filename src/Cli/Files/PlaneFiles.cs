using System.Text.RegularExpressions;
using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>
/// A focal stack of which every plane is a file of its own, as cameras write them: the TIFFs of a folder, as frames in the order of their names, numbers
/// in names by their value.
/// </summary>
internal sealed partial class PlaneFiles : IVolumeReader
{
    private const int MostDigits = 20;
    private static readonly string[] Suffixes = [".tif", ".tiff"];

    private readonly string[] _paths;
    private (int Frame, TiffVolumeReader Reader)? _open;

    private PlaneFiles(string[] paths, VolumeInfo first)
    {
        (_paths, Info) = (paths, first with { Shape = first.Shape with { Frames = paths.Length } });
    }

    public VolumeInfo Info { get; }

    /// <summary>Names of the files, in the order of the frames.</summary>
    public IReadOnlyList<string> Names => [.. _paths.Select(path => Path.GetFileName(path))];

    /// <summary>Opens a file, or a folder of planes.</summary>
    /// <exception cref="InferenceException">It cannot be read, or the planes of the folder do not fit each other.</exception>
    public static IVolumeReader Open(string path) => Directory.Exists(path) ? OfFolder(path) : VolumeFile.OpenRead(path);

    public void ReadRows(long plane, int firstRow, int rowCount, Span<byte> destination)
    {
        var (frame, channel, _) = Info.Shape.PlaneAt(plane);
        if (_open?.Frame != frame)
        {
            _open?.Reader.Dispose();
            _open = null;
            _open = (frame, VolumeFile.OpenRead(_paths[frame]));
        }

        _open.Value.Reader.ReadRows(channel, firstRow, rowCount, destination);
    }

    public void Dispose() => _open?.Reader.Dispose();

    private static PlaneFiles OfFolder(string folder)
    {
        string[] paths = [.. Files(folder).Where(path => Suffixes.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            .OrderBy(path => Digits().Replace(Path.GetFileName(path), number => number.Value.PadLeft(MostDigits, '0')), StringComparer.Ordinal)];
        if (paths.Length == 0)
        {
            throw new InferenceException(InferenceError.FileUnreadable, folder, $"{folder} holds no files that end in .tif or .tiff; accepted: a TIFF, or a folder with a TIFF for every plane.");
        }

        // All are looked at before any of them is sent.
        VolumeInfo[] infos = [.. paths.Select(InfoOf)];
        for (var i = 0; i < paths.Length; i++)
        {
            if (infos[i].Shape is not { Frames: 1, Depth: 1 })
            {
                throw new InferenceException(InferenceError.ShapeMismatch, paths[i],
                    $"{paths[i]} has {infos[i].Shape.Frames * (long)infos[i].Shape.Depth} planes; accepted: a TIFF with a stack, or a folder in which every TIFF has one plane.");
            }

            if (infos[i].Shape != infos[0].Shape || infos[i].PixelType != infos[0].PixelType)
            {
                throw new InferenceException(InferenceError.ShapeMismatch, paths[i],
                    $"{paths[i]} is {Describe(infos[i])}, and {paths[0]} {Describe(infos[0])}; accepted: planes of the same size and pixel type.");
            }
        }

        return new PlaneFiles(paths, infos[0]);
    }

    private static string[] Files(string folder)
    {
        try
        {
            return Directory.GetFiles(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InferenceException(InferenceError.FileUnreadable, folder, $"{folder} cannot be read: {fault.Message}", fault);
        }
    }

    private static VolumeInfo InfoOf(string path)
    {
        using var reader = VolumeFile.OpenRead(path);
        return reader.Info;
    }

    private static string Describe(VolumeInfo info) =>
        $"{info.Shape.Height} × {info.Shape.Width} pixels of {info.PixelType}{(info.Shape.Channels > 1 ? $" in {info.Shape.Channels} channels" : "")}";

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}

using System.Xml.Linq;

namespace InferenceBridge.Imaging;

/// <summary>The files that the planes of an OME-TIFF are in. Names are relative to the folder of the opened one.</summary>
internal sealed class OmeFiles
{
    private readonly string _path;
    private readonly string _folder;
    private readonly string? _ownUuid;
    private readonly bool _isNamed;
    private readonly bool _isAlone;
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    private readonly List<string> _others = [];

    /// <param name="path">The opened file.</param>
    /// <param name="ownUuid">UUID that the opened file's OME-XML gives itself; null where it has none.</param>
    /// <param name="images">The Pixels elements.</param>
    public OmeFiles(string path, string? ownUuid, IReadOnlyList<XElement> images)
    {
        (_path, _ownUuid) = (path, ownUuid);
        _folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var names = images.SelectMany(TiffData).Select(NameOf).OfType<string>().Distinct().ToList();
        _isNamed = names.Contains(Path.GetFileName(path), StringComparer.Ordinal);

        // A single name may differ from the file's, which people rename.
        _isAlone = names.Count <= 1;
    }

    /// <summary>Full names of the other files, in the order in which <see cref="IndexOf"/> met them.</summary>
    public IReadOnlyList<string> Others => _others;

    /// <summary>True where the opened file holds a plane of an image.</summary>
    public bool IsInOpenedFile(XElement pixels)
    {
        var data = TiffData(pixels).ToList();
        return data.Count == 0 || data.Exists(IsOwn);
    }

    /// <summary>The file that a TiffData element speaks of: 0 for the opened one.</summary>
    /// <exception cref="InferenceException">There is no such file.</exception>
    public int IndexOf(XElement tiffData)
    {
        if (IsOwn(tiffData))
        {
            return 0;
        }

        var name = NameOf(tiffData)!;
        if (_indices.TryGetValue(name, out var index))
        {
            return index;
        }

        _others.Add(Find(name, _path, _folder));
        _indices.Add(name, _others.Count);
        return _others.Count;
    }

    /// <summary>Full name of a file that the OME-XML of another names.</summary>
    /// <exception cref="InferenceException">It is not there, or outside the other's folder.</exception>
    public static string Find(string name, string path, string folder)
    {
        var full = Path.GetFullPath(Path.Combine(folder, name.Replace('\\', '/')));
        if (!full.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal))
        {
            throw TiffErrors.Invalid(path, $"its OME-XML names the file {name}, which lies outside its folder; accepted: files beside it");
        }

        return File.Exists(full)
            ? full
            : throw TiffErrors.Unreadable(path, $"its OME-XML spreads the image over several files, of which {name} is missing; accepted: all of them in {folder}");
    }

    private static IEnumerable<XElement> TiffData(XElement pixels) => pixels.Elements().Where(e => e.Name.LocalName == "TiffData");

    private static XElement? UuidOf(XElement tiffData) => tiffData.Elements().FirstOrDefault(e => e.Name.LocalName == "UUID");

    private static string? NameOf(XElement tiffData) => UuidOf(tiffData)?.Attribute("FileName")?.Value is { Length: > 0 } name ? name : null;

    private bool IsOwn(XElement tiffData) =>
        _isAlone || NameOf(tiffData) is not { } name
        || (_isNamed ? name == Path.GetFileName(_path) : _ownUuid is not null && UuidOf(tiffData)!.Value.Trim() == _ownUuid);
}

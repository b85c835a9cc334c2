using System.Globalization;
using System.Text;

namespace InferenceBridge.Models.Packages;

/// <summary>
/// The packages in some folders, one subfolder each. A package whose files have not changed stays the same object from one look
/// to the next; one that has changed or gone is let go of, while jobs that run with it keep it.
/// </summary>
/// <param name="folders">Folders that hold packages; a missing one counts as empty.</param>
/// <param name="factories">What builds networks that are not TorchScript; null for none.</param>
/// <param name="reserved">Ids that packages may not take.</param>
public sealed class PackageStore(IReadOnlyList<string> folders, IReadOnlyList<INetworkFactory>? factories = null, IReadOnlyCollection<string>? reserved = null)
{
    private readonly Lock _lock = new();
    private volatile IReadOnlyList<PackageEntry> _entries = [];

    /// <summary>Folders that hold packages.</summary>
    public IReadOnlyList<string> Folders => folders;

    /// <summary>What the last look found, sound or not, by folder.</summary>
    public IReadOnlyList<PackageEntry> Entries => _entries;

    /// <summary>Operations of all sound packages.</summary>
    public IEnumerable<IOperation> Operations => _entries.Select(entry => entry.Package?.Operation).OfType<IOperation>();

    /// <summary>Looks at the folders.</summary>
    /// <returns>What is new, has changed or has gone: before and after, one of which may be null. Empty where nothing has.</returns>
    public IReadOnlyList<(PackageEntry? Before, PackageEntry? After)> Refresh()
    {
        lock (_lock)
        {
            var before = _entries.ToDictionary(entry => entry.Folder, StringComparer.Ordinal);
            var after = new List<PackageEntry>();
            var taken = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var folder in Subfolders())
            {
                var stamp = Stamp(folder);
                var entry = before.TryGetValue(folder, out var known) && known.Stamp == stamp && !known.IsDuplicate ? known : Open(folder) with { Stamp = stamp };
                after.Add(Unique(entry, taken));
            }

            _entries = after;
            var changes = after.Where(entry => !before.TryGetValue(entry.Folder, out var known) || known.Stamp != entry.Stamp || (known.Package is null) != (entry.Package is null))
                .Select(entry => (before.GetValueOrDefault(entry.Folder), (PackageEntry?)entry));
            var gone = before.Values.Where(entry => after.All(other => other.Folder != entry.Folder)).Select(entry => ((PackageEntry?)entry, (PackageEntry?)null));
            return [.. changes, .. gone];
        }
    }

    private string[] Subfolders()
    {
        try
        {
            return Listed();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone or closed to us while we looked.
            return [];
        }
    }

    // Names that begin with a dot are for those who copy a package and rename it when it is whole.
    private string[] Listed() => [.. folders.Distinct(StringComparer.Ordinal).Where(Directory.Exists)
        .SelectMany(folder => Directory.GetDirectories(Path.GetFullPath(folder)).Order(StringComparer.Ordinal))
        .Where(folder => !Path.GetFileName(folder).StartsWith('.'))];

    private PackageEntry Open(string folder)
    {
        try
        {
            if (new DirectoryInfo(folder).LinkTarget is not null)
            {
                throw new InferenceException(InferenceError.FileFormatInvalid, folder, $"\"{folder}\" is a symbolic link; accepted: a folder, since packages hold code.");
            }

            return new PackageEntry(folder, ModelPackage.Open(folder, factories), null);
        }
        catch (InferenceException e)
        {
            return new PackageEntry(folder, null, e);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever a folder holds, the server goes on.
            return new PackageEntry(folder, null, new InferenceException(InferenceError.FileUnreadable, folder, $"\"{folder}\" cannot be read: {e.Message}", e));
        }
    }

    private PackageEntry Unique(PackageEntry entry, Dictionary<string, string> taken)
    {
        if (entry.Package is not { } package)
        {
            return entry;
        }

        var id = package.Operation.Declaration.Id;
        var other = reserved?.Contains(id) == true ? "a built-in operation" : taken.GetValueOrDefault(id);
        if (other is null)
        {
            taken.Add(id, entry.Folder);
            return entry;
        }

        return new PackageEntry(entry.Folder, null, new InferenceException(InferenceError.FileFormatInvalid, entry.Folder,
            $"\"{entry.Folder}\" would be the operation {id}, which {other} is already; accepted: a folder or a config.inferencebridge.operation of another name."))
        { Stamp = entry.Stamp, IsDuplicate = true };
    }

    private static string Stamp(string folder)
    {
        var stamp = new StringBuilder();
        try
        {
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal))
            {
                stamp.Append(CultureInfo.InvariantCulture, $"{file.FullName}|{file.Length}|{file.LastWriteTimeUtc.Ticks};");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It changes under our eyes: the next look tells.
            stamp.Append(e.Message);
        }

        return stamp.ToString();
    }
}

namespace InferenceBridge.Imaging;

/// <summary>
/// The files of a volume: the one that was opened, and those beside it that are opened when one of their planes is read.
/// </summary>
/// <param name="first">The file that was opened; the set disposes of it.</param>
/// <param name="others">Names of the others: file 1 and up.</param>
internal sealed class TiffFileSet(TiffSource first, IReadOnlyList<string> others) : IDisposable
{
    // A time series may have thousands of files, a process few handles.
    private const int MaximumOpen = 16;

    private readonly LinkedList<(int File, TiffSource Source)> _open = new();

    /// <summary>The file that was opened.</summary>
    public TiffSource First => first;

    /// <summary>One file of the set, which stays open until sixteen others have been asked for.</summary>
    /// <exception cref="InferenceException">It cannot be opened.</exception>
    public TiffSource Open(int file)
    {
        if (file == 0)
        {
            return first;
        }

        for (var node = _open.First; node is not null; node = node.Next)
        {
            if (node.Value.File == file)
            {
                _open.Remove(node);
                _open.AddFirst(node);
                return node.Value.Source;
            }
        }

        var source = TiffSource.Open(others[file - 1]);
        _open.AddFirst((file, source));
        if (_open.Count > MaximumOpen)
        {
            _open.Last!.Value.Source.Dispose();
            _open.RemoveLast();
        }

        return source;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        first.Dispose();
        foreach (var (_, source) in _open)
        {
            source.Dispose();
        }

        _open.Clear();
    }
}

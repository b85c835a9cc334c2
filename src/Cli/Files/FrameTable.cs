using System.Globalization;

namespace InferenceBridge.Cli;

/// <summary>What was found for each frame, as CSV: it appears under its name when it is complete.</summary>
internal sealed class FrameTable : IDisposable
{
    private readonly string _path;
    private readonly string _partial;
    private readonly StreamWriter _writer;
    private string[]? _names;

    /// <exception cref="InferenceException"><see cref="InferenceError.FileUnwritable"/>.</exception>
    public FrameTable(string path)
    {
        OutputFile.CheckWritable(path);
        _path = path;
        _partial = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Guid.NewGuid():N}.csv");
        _writer = new StreamWriter(_partial);
    }

    /// <summary>Adds a row; frame 0 begins anew, as a repeated job does.</summary>
    public void Add(long frame, IReadOnlyDictionary<string, double> numbers)
    {
        if (frame == 0)
        {
            _writer.Flush();
            _writer.BaseStream.SetLength(0);
            _names = null;
        }

        // A frame without structure has fewer numbers than others: its columns stay empty.
        if (_names is null || numbers.Keys.Except(_names).Any())
        {
            _names = [.. (_names ?? []).Union(numbers.Keys.Order(StringComparer.Ordinal))];
            _writer.WriteLine(string.Join(',', _names.Prepend("frame")));
        }

        _writer.WriteLine(string.Join(',', _names.Select(name => numbers.TryGetValue(name, out var value) ? value.ToString("0.######", CultureInfo.InvariantCulture) : "")
            .Prepend(frame.ToString(CultureInfo.InvariantCulture))));
    }

    public void Complete()
    {
        _writer.Dispose();
        File.Move(_partial, _path, overwrite: true);
    }

    public void Dispose()
    {
        _writer.Dispose();
        File.Delete(_partial);
    }
}

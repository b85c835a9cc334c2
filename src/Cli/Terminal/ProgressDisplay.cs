using System.Diagnostics;
using System.Globalization;

namespace InferenceBridge.Cli;

/// <summary>
/// Progress on standard error: a bar that redraws itself on a terminal, else a plain line for every tenth of the work.
/// </summary>
internal sealed class ProgressDisplay(TextWriter output, bool isTerminal) : IDisposable
{
    private const int BarWidth = 30;
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _lastDraw;
    private int _lastTenth = -1;
    private int _lastPosition;
    private string _lastLine = "";
    private bool _disposed;

    /// <summary>Shows that <paramref name="done"/> of <paramref name="total"/> planes (or of what the unit says) are through.</summary>
    public void Report(string stage, long done, long total, string unit = "plane") =>
        Show($"{stage}, {unit} {done}/{total}", total == 0 ? 1 : Math.Clamp((double)done / total, 0, 1));

    /// <summary>Shows a text and how far the work is, from 0 to 1.</summary>
    public void Show(string text, double fraction)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            if (isTerminal)
            {
                Draw(text, fraction < 1, fraction);
            }
            else
            {
                WriteTenth(text, fraction);
            }
        }
    }

    /// <summary>Writes a line that stays.</summary>
    public void Say(string line)
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                output.WriteLine(isTerminal && _lastLine.Length > 0 ? $"\r{line.PadRight(_lastLine.Length)}" : line);
                _lastLine = "";
            }
        }
    }

    /// <summary>Shows the place in the server's queue.</summary>
    public void Wait(int position, TimeSpan? estimate)
    {
        var line = string.Create(CultureInfo.InvariantCulture,
            $"queued, number {position}{(estimate is { } wait ? $", about {Math.Ceiling(wait.TotalSeconds):0} s to wait" : "")}");
        lock (_gate)
        {
            if (_disposed || line == _lastLine)
            {
                return;
            }

            if (isTerminal)
            {
                output.Write($"\r{line.PadRight(_lastLine.Length)}");
            }
            else if (position != _lastPosition)
            {
                output.WriteLine(line);
            }

            (_lastLine, _lastPosition) = (line, position);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_disposed && isTerminal && _lastLine.Length > 0)
            {
                output.Write($"\r{new string(' ', _lastLine.Length)}\r");
            }

            _disposed = true;
        }
    }

    private void Draw(string text, bool goesOn, double fraction)
    {
        if (goesOn && _lastLine.Length > 0 && Stopwatch.GetElapsedTime(_lastDraw) < RedrawInterval)
        {
            return;
        }

        var filled = (int)(fraction * BarWidth);
        var line = string.Create(CultureInfo.InvariantCulture,
            $"[{new string('#', filled)}{new string('.', BarWidth - filled)}] {fraction,4:P0}  {text}{Remaining(fraction)}");
        output.Write($"\r{line.PadRight(_lastLine.Length)}");
        (_lastLine, _lastDraw) = (line, Stopwatch.GetTimestamp());
    }

    private void WriteTenth(string text, double fraction)
    {
        var tenth = (int)(fraction * 10);
        if (tenth != _lastTenth)
        {
            _lastTenth = tenth;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tenth * 10,3} %  {text}"));
        }
    }

    private string Remaining(double fraction)
    {
        var elapsed = Stopwatch.GetElapsedTime(_start);
        return fraction is > 0.02 and < 1 && elapsed.TotalSeconds > 2
            ? string.Create(CultureInfo.InvariantCulture, $", {elapsed.TotalSeconds / fraction * (1 - fraction):0} s left")
            : "";
    }
}

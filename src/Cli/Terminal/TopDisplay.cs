using System.Text;
using InferenceBridge.Client;

namespace InferenceBridge.Cli;

/// <summary>Shows one state of a server after another: redrawn in place on a terminal, else one report below the other.</summary>
internal sealed class TopDisplay : IDisposable
{
    private const string HideCursor = "\e[?25l";
    private const string ShowCursor = "\e[?25h";
    private const string ClearScreen = "\e[2J";
    private const string Home = "\e[H";
    private const string ClearLine = "\e[K";
    private const string ClearBelow = "\e[J";

    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly string _address;
    private readonly bool _json;
    private readonly Func<(int Width, int Height)>? _size;
    private string _last = "";
    private bool _hasBegun;
    private bool _isLost;

    /// <param name="output">Where reports go.</param>
    /// <param name="error">Where word of a lost server goes, except on a terminal.</param>
    /// <param name="address">Address of the server.</param>
    /// <param name="json">One JSON object a line.</param>
    /// <param name="size">Columns and rows of the terminal; null where there is none.</param>
    public TopDisplay(TextWriter output, TextWriter error, string address, bool json, Func<(int Width, int Height)>? size) =>
        (_output, _error, _address, _json, _size) = (output, error, address, json, size);

    public static TopDisplay Create(TextWriter output, TextWriter error, string address, bool json)
    {
        var isTerminal = !json && ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected
            && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        return new TopDisplay(output, error, address, json, isTerminal ? () => (Console.WindowWidth, Console.WindowHeight) : null);
    }

    public void Show(ServerStatus status)
    {
        _isLost = false;
        if (_json)
        {
            _output.WriteLine(JsonOutput.FormatLine(TopReport.ToJson(status)));
        }
        else
        {
            _last = TopReport.ToText(_address, status);
            Write(_last);
        }

        _output.Flush();
    }

    /// <summary>Says, once, why no more states come for now.</summary>
    public void ShowLost(string reason)
    {
        if (_isLost)
        {
            return;
        }

        _isLost = true;
        var message = $"{Failure.OneLine(reason)} Trying again.";
        if (_size is null)
        {
            _error.WriteLine($"ib: {message}");
        }
        else
        {
            Write($"{message}\n\n{_last}");
            _output.Flush();
        }
    }

    public void Dispose()
    {
        if (_size is not null && _hasBegun)
        {
            _output.Write(ShowCursor);
            _output.Flush();
        }
    }

    private void Write(string report)
    {
        if (_size is not null)
        {
            var (width, height) = _size();
            _output.Write((_hasBegun ? "" : HideCursor + ClearScreen) + Frame(report, width, height));
        }
        else
        {
            _output.Write((_hasBegun ? "\n" : "") + report);
        }

        _hasBegun = true;
    }

    private static string Frame(string report, int width, int height)
    {
        var lines = report.TrimEnd('\n').Split('\n');
        var frame = new StringBuilder(Home);

        // The last row stays free: the cursor rests there.
        var room = Math.Max(height - 1, 1);
        var shown = lines.Length <= room ? lines.Length : room - 1;
        foreach (var line in lines.Take(shown))
        {
            frame.Append(line.Length > width ? line[..width] : line).Append(ClearLine).Append('\n');
        }

        if (shown < lines.Length)
        {
            frame.Append(Invariant($"... {lines.Length - shown} more lines")).Append(ClearLine).Append('\n');
        }

        return frame.Append(ClearBelow).ToString();
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

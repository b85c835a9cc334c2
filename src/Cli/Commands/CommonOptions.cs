using System.CommandLine;

namespace InferenceBridge.Cli;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON object on standard output." };

    public static Option<bool> Verbose() => new("--verbose") { Description = "Write logs to standard error." };

    public static Option<string?> Server() => new("--server")
    {
        Description = "Address of a server: http://HOST:PORT or unix:/PATH. Without it, this process hosts one itself.",
        HelpName = "URL",
    };
}

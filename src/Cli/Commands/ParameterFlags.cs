using System.CommandLine;

namespace InferenceBridge.Cli;

/// <summary>
/// Lets every parameter of an operation be typed as a flag: "--patch-size 5" becomes "-p patch_size=5". Which parameters
/// there are is known only once the server has been asked, so this happens by form alone: what a flag takes is the next
/// word, unless that is a flag too or there is none; then it is a switch that is turned on.
/// </summary>
internal static class ParameterFlags
{
    public static IReadOnlyList<string> Rewrite(Command root, IReadOnlyList<string> arguments)
    {
        var command = arguments.Count == 0 ? null : root.Subcommands.FirstOrDefault(c => c.Name == arguments[0]);
        if (command is null || command.Options.All(option => option.Name != RunOptions.ParameterName))
        {
            return arguments;
        }

        var known = new HashSet<string>(
            command.Options.Concat(root.Options).SelectMany(option => option.Aliases.Append(option.Name)), StringComparer.Ordinal);
        var rewritten = new List<string> { arguments[0] };
        for (var i = 1; i < arguments.Count; i++)
        {
            var (name, value) = Split(arguments[i]);
            if (arguments[i] == "--")
            {
                rewritten.AddRange(arguments.Skip(i));
                break;
            }

            if (!IsFlag(name) || known.Contains(name))
            {
                rewritten.Add(arguments[i]);
                continue;
            }

            if (value is null && i + 1 < arguments.Count && !IsOption(arguments[i + 1]))
            {
                value = arguments[++i];
            }

            rewritten.Add(RunOptions.ParameterName);
            rewritten.Add($"{name[2..].Replace('-', '_')}={value ?? "true"}");
        }

        return rewritten;
    }

    private static (string Name, string? Value) Split(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (word, null) : (word[..equals], word[(equals + 1)..]);
    }

    private static bool IsFlag(string word) => word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2;

    /// <summary>A dash with a letter or another dash; "-5" and "-" are values.</summary>
    private static bool IsOption(string word) => word.Length > 1 && word[0] == '-' && (word[1] == '-' || char.IsAsciiLetter(word[1]));
}

using System.CommandLine;
using System.CommandLine.Parsing;

namespace InferenceBridge.Cli;

/// <summary>Arguments of a command that were not typed.</summary>
internal static class MissingArgument
{
    /// <param name="parsed">A command line with errors.</param>
    /// <param name="typed">The words as they were typed, before <see cref="ParameterFlags"/>.</param>
    /// <returns>A sentence for the person who typed it; null where no argument is missing.</returns>
    public static string? Describe(ParseResult parsed, IReadOnlyList<string> typed)
    {
        var command = parsed.CommandResult.Command;
        var missing = command.Arguments.FirstOrDefault(argument =>
            argument.Arity.MinimumNumberOfValues > 0 && !argument.HasDefaultValue && (parsed.GetResult(argument)?.Tokens.Count ?? 0) == 0);
        if (missing is null)
        {
            return null;
        }

        // A flag that the command does not have is taken for a parameter of the operation, and the word behind it for the parameter's value.
        var parameter = parsed.CommandResult.Children.OfType<OptionResult>().Where(option => option.Option.Name == RunOptions.ParameterName)
            .SelectMany(option => option.Tokens).Select(token => token.Value).FirstOrDefault(value => !typed.Contains(value));
        return $"{missing.Name} is missing; accepted: {string.Join(' ', command.Arguments.Select(argument => argument.Name))}"
            + (parameter is null ? "." : $". {parameter} was taken for a parameter of the operation.");
    }
}

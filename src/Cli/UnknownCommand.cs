using System.CommandLine;

namespace InferenceBridge.Cli;

/// <summary>Words in the place of a command that are none.</summary>
internal static class UnknownCommand
{
    /// <returns>A sentence for the person who typed it; null where there is nothing to say.</returns>
    public static string? Describe(Command root, IReadOnlyList<string> arguments)
    {
        var names = root.Subcommands.Select(command => command.Name).ToList();
        var accepted = $"accepted: {string.Join(", ", names)}";
        if (arguments.Count == 0)
        {
            return $"No command is given; {accepted}.";
        }

        var word = arguments[0];
        if (word.StartsWith('-') || names.Contains(word))
        {
            return null;
        }

        var nearest = names.MinBy(name => Distance(word, name))!;
        var isNear = Distance(word, nearest) <= Math.Max(1, Math.Min(word.Length, nearest.Length) / 2);
        return $"There is no command \"{word}\"; {(isNear ? $"did you mean \"{nearest}\"? Accepted" : "accepted")}{accepted["accepted".Length..]}.";
    }

    /// <summary>Letters to insert, delete, replace or swap with their neighbour (optimal string alignment).</summary>
    internal static int Distance(string from, string to)
    {
        var cost = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1,
                    cost[i - 1, j - 1] + (char.ToLowerInvariant(from[i - 1]) == char.ToLowerInvariant(to[j - 1]) ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[from.Length, to.Length];
    }
}

using InferenceBridge.Client;

namespace InferenceBridge.Benchmarks.Registration;

/// <summary>The registrations that a server offers, of those that are measured.</summary>
internal static class RegistrationOperations
{
    private static readonly string[] Known = ["rigid", "piecewise-rigid", "flow"];

    /// <summary>Their names after the slash, the simplest first.</summary>
    public static async Task<IReadOnlyList<string>> ListAsync(InferenceBridgeClient client, CancellationToken cancellation)
    {
        var offered = await client.ListOperationsAsync("register", cancellation);
        return [.. Known.Where(name => offered.Any(operation => operation.Id == $"register/{name}"))];
    }

    /// <summary>The name as part of a figure's.</summary>
    public static string FigureName(string name) => name.Replace('-', '_');
}

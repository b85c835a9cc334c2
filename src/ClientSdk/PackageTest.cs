namespace InferenceBridge.Client;

/// <summary>How a model package of a server did in its self-test.</summary>
/// <param name="Folder">Name of the package's folder on the server, without its path.</param>
/// <param name="Operation">Id of its operation; empty where it cannot be offered.</param>
/// <param name="Passed">True where it gave its stated outputs.</param>
public sealed record PackageTest(string Folder, string Operation, bool Passed)
{
    /// <summary>File and field at fault, such as "bioimageio.yaml:inputs[0].axes"; empty where none is.</summary>
    public string Field { get; init; } = "";

    /// <summary>Why it failed, or what was compared.</summary>
    public string Message { get; init; } = "";

    /// <summary>Device that it ran on; empty where it did not run.</summary>
    public string Device { get; init; } = "";

    /// <summary>Time that it took, in seconds.</summary>
    public double Seconds { get; init; }
}

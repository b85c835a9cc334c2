using System.Net.Sockets;

namespace InferenceBridge.Client.Internal;

/// <summary>Where a server listens: TCP without TLS, or a Unix domain socket.</summary>
/// <param name="Text">As the user wrote it, for messages.</param>
/// <param name="Uri">What the channel is told; its host means nothing for a socket.</param>
/// <param name="SocketPath">Path of the Unix domain socket; null for TCP.</param>
internal sealed record ServerAddress(string Text, Uri Uri, string? SocketPath)
{
    private const string Accepted = "http://host:port, host:port or unix:/path/to.sock";
    private const string UnixScheme = "unix:";
    private const string HttpScheme = "http://";

    public static ServerAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        return trimmed.StartsWith(UnixScheme, StringComparison.OrdinalIgnoreCase)
            ? ParseSocket(text, trimmed[UnixScheme.Length..])
            : ParseTcp(text, trimmed);
    }

    private static ServerAddress ParseSocket(string text, string path)
    {
        // gRPC's own spelling has an empty authority: unix:///path.
        path = path.StartsWith("///", StringComparison.Ordinal) ? path[2..] : path;
        if (path.Length == 0)
        {
            throw Refusal(text);
        }

        try
        {
            _ = new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentException e)
        {
            throw new InferenceException(InferenceError.UsageInvalid, "address",
                $"The address is \"{text}\", whose path is no path of a Unix socket: {e.Message}", e);
        }

        return new ServerAddress(text, new Uri("http://localhost"), path);
    }

    private static ServerAddress ParseTcp(string text, string trimmed)
    {
        var hasScheme = trimmed.Contains("://", StringComparison.Ordinal);
        if (!Uri.TryCreate(hasScheme ? trimmed : HttpScheme + trimmed, UriKind.Absolute, out var uri)
            || uri.Scheme != Uri.UriSchemeHttp || uri.Host.Length == 0 || uri.PathAndQuery != "/" || uri.UserInfo.Length > 0
            || uri.Fragment.Length > 0 || uri.Port == 0
            || (!hasScheme && !trimmed.TrimEnd('/').EndsWith($":{uri.Port}", StringComparison.Ordinal)))
        {
            throw Refusal(text);
        }

        return new ServerAddress(text, uri, null);
    }

    private static InferenceException Refusal(string text) =>
        new(InferenceError.UsageInvalid, "address", $"The address is \"{text}\"; accepted: {Accepted}.");
}

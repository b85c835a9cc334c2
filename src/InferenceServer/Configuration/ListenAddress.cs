using System.Net;

namespace InferenceBridge.Server.Configuration;

/// <summary>An address to listen on: a host and a port, or the path of a Unix socket.</summary>
/// <param name="Text">As it was written.</param>
/// <param name="EndPoint">IP address and port; null for a Unix socket.</param>
/// <param name="SocketPath">Path of the socket; null for TCP.</param>
internal sealed record ListenAddress(string Text, IPEndPoint? EndPoint, string? SocketPath)
{
    public const string Accepted =
        "http://HOST:PORT with localhost, an IP address or * as HOST, or unix:/PATH; several separated by semicolons";

    private const string UnixScheme = "unix:";

    public static IReadOnlyList<string> Split(string urls) =>
        urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static ListenAddress? TryParse(string url)
    {
        if (url.StartsWith(UnixScheme, StringComparison.OrdinalIgnoreCase))
        {
            // Both "unix:/path" and "unix:///path" are in use.
            var path = url[UnixScheme.Length..];
            path = path.StartsWith("///", StringComparison.Ordinal) ? path[2..] : path;
            return Path.IsPathRooted(path) && path.Length > 1 ? new ListenAddress(url, null, path) : null;
        }

        var any = url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(any, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp || uri.PathAndQuery != "/")
        {
            return null;
        }

        if (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip))
        {
            return new ListenAddress(url, new IPEndPoint(any == url ? ip : IPAddress.IPv6Any, uri.Port), null);
        }

        // The loopback of IPv4 alone, so that port 0 means one port.
        return uri.Host == "localhost" ? new ListenAddress(url, new IPEndPoint(IPAddress.Loopback, uri.Port), null) : null;
    }
}

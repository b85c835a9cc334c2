namespace InferenceBridge.Server.Hosting;

/// <summary>
/// Keeps other servers away from a Unix socket while one looks whether the socket is stale and takes its place: of two that
/// start at once, each would find it stale, and the second would remove the first one's.
/// </summary>
internal static class SocketClaim
{
    /// <summary>Claims the paths until the result is disposed; a process that dies loses its claim.</summary>
    /// <exception cref="IOException">Another server is at it, or the folder cannot be written to.</exception>
    public static IDisposable Take(IEnumerable<string> paths)
    {
        var claims = new Claims();
        try
        {
            foreach (var path in paths)
            {
                claims.Add(new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
            }

            return claims;
        }
        catch
        {
            claims.Dispose();
            throw;
        }
    }

    private sealed class Claims : List<IDisposable>, IDisposable
    {
        public void Dispose() => ForEach(claim => claim.Dispose());
    }
}

namespace InferenceBridge.Grpc.Substitutes.Tests.EndToEnd;

/// <summary>Measures the bodies of one call, as they are on the wire.</summary>
internal sealed class CountingHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    public long RequestBytes { get; private set; }

    public long ResponseBytes { get; private set; }

    public string? RequestEncoding { get; private set; }

    public string? ResponseEncoding { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        RequestBytes = body.Length;
        RequestEncoding = request.Headers.GetValues("grpc-encoding").Single();
        request.Content = WithHeadersOf(request.Content, body);

        var response = await base.SendAsync(request, cancellationToken);
        body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        ResponseBytes = body.Length;
        ResponseEncoding = response.Headers.GetValues("grpc-encoding").Single();
        response.Content = WithHeadersOf(response.Content, body);
        return response;
    }

    private static ByteArrayContent WithHeadersOf(HttpContent content, byte[] body)
    {
        var copy = new ByteArrayContent(body);
        foreach (var header in content.Headers)
            copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        return copy;
    }
}

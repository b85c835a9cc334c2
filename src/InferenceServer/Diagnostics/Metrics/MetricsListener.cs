using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace InferenceBridge.Server.Diagnostics.Metrics;

/// <summary>
/// Prometheus speaks HTTP/1.1 and gRPC HTTP/2 without TLS, so metrics have a listener of their own, which serves nothing else.
/// </summary>
internal sealed class MetricsListener
{
    public const string Path = "/metrics";

    private static readonly MetricsListener Mark = new();

    private MetricsListener()
    {
    }

    public static void Listen(KestrelServerOptions kestrel, IPEndPoint endPoint) => kestrel.Listen(endPoint, listen =>
    {
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(next => connection =>
        {
            connection.Features.Set(Mark);
            return next(connection);
        });
    });

    /// <summary>Answers requests of this listener and passes on those of others.</summary>
    public static Task HandleAsync(HttpContext context, RequestDelegate next, MetricCollector collector)
    {
        if (context.Features.Get<MetricsListener>() is null)
        {
            return next(context);
        }

        var (request, response) = (context.Request, context.Response);
        if (request.Path != Path)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            response.ContentType = "text/plain; charset=utf-8";
            return response.WriteAsync($"Metrics are at {Path}.\n", context.RequestAborted);
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return Task.CompletedTask;
        }

        response.ContentType = PrometheusText.ContentType;
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.WriteAsync(collector.Scrape(), context.RequestAborted);
    }
}

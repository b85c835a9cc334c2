namespace Grpc.Core;

/// <summary>A remote method, whatever its messages.</summary>
public interface IMethod
{
    MethodType Type { get; }

    /// <summary>Service with its package, such as "greet.Greeter".</summary>
    string ServiceName { get; }

    string Name { get; }

    /// <summary>Path of the HTTP/2 request: "/service/method".</summary>
    string FullName { get; }
}

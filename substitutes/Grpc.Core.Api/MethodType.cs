namespace Grpc.Core;

/// <summary>Which sides of a call are streams.</summary>
public enum MethodType
{
    /// <summary>One request, one response.</summary>
    Unary,

    /// <summary>Many requests, one response.</summary>
    ClientStreaming,

    /// <summary>One request, many responses.</summary>
    ServerStreaming,

    /// <summary>Both sides are streams, independent of each other.</summary>
    DuplexStreaming,
}

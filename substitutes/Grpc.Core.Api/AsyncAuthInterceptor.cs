namespace Grpc.Core;

/// <summary>Adds credentials to a call's headers before it starts.</summary>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);

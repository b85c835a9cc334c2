namespace Grpc.Core;

/// <summary>Carries a handled call's context to the calls made while handling it. Made by the server alone.</summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}

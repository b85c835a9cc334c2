namespace Grpc.Core;

/// <summary>Accepts or refuses the server's certificate.</summary>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);

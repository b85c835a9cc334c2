namespace Grpc.Core;

/// <summary>The server to verify. Made by implementers of gRPC alone.</summary>
public class VerifyPeerContext
{
    internal VerifyPeerContext(string targetName, string peerPem)
    {
        TargetName = targetName;
        PeerPem = peerPem;
    }

    public string TargetName { get; }

    /// <summary>The server's certificate in PEM form.</summary>
    public string PeerPem { get; }
}

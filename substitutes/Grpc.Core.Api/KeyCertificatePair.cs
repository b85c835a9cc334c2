namespace Grpc.Core;

/// <summary>A certificate chain and its private key, both in PEM form.</summary>
public sealed class KeyCertificatePair
{
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public KeyCertificatePair(string certificateChain, string privateKey)
    {
        ArgumentNullException.ThrowIfNull(certificateChain);
        ArgumentNullException.ThrowIfNull(privateKey);
        CertificateChain = certificateChain;
        PrivateKey = privateKey;
    }

    public string CertificateChain { get; }

    public string PrivateKey { get; }
}

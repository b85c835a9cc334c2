namespace InferenceBridge.Client.Internal;

/// <summary>Something answers, but not in HTTP/2; the message is a clause. It never leaves the SDK.</summary>
internal sealed class ForeignServerException(string message) : IOException(message);

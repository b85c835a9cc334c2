namespace InferenceBridge.Fuzzing.Campaigns;

/// <summary>A file did something that no file may do.</summary>
internal sealed class OracleException(string message, Exception? innerException = null) : Exception(message, innerException);

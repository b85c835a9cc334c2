namespace InferenceBridge.Imaging;

/// <summary>OME-XML as a file's description.</summary>
internal static class OmeXml
{
    /// <summary>True where a description looks like OME-XML.</summary>
    public static bool IsOme(string description) =>
        description.TrimStart().StartsWith('<') && description.Contains("<OME", StringComparison.Ordinal);
}

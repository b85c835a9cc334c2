namespace InferenceBridge.Client;

/// <summary>Which pixel type a result has unless the request asks for one.</summary>
public enum OutputPixelRule
{
    /// <summary>The server names a rule that this client does not know.</summary>
    Unknown = 0,

    /// <summary>That of the image; values are rounded and saturated.</summary>
    SameAsImage = 1,

    /// <summary>Float32.</summary>
    Float32 = 2,
}

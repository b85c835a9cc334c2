namespace InferenceBridge.Client;

/// <summary>A second volume, in float32, that an operation can make beside its result.</summary>
/// <param name="Name">Name that requests refer to: "displacement".</param>
/// <param name="Help">What its channels hold, in which unit.</param>
public sealed record SideOutputInfo(string Name, string Help);

namespace InferenceBridge.Client;

/// <summary>A volume that an operation takes.</summary>
/// <param name="Name">"image", or the name of an auxiliary volume such as "psf".</param>
/// <param name="Help">What it is.</param>
/// <param name="IsRequired">Whether the operation refuses to run without it.</param>
public sealed record InputInfo(string Name, string Help, bool IsRequired);

namespace InferenceBridge.Imaging;

/// <summary>One volume of a picture that compares several.</summary>
/// <param name="Volume">The volume; only read.</param>
/// <param name="Caption">What it is, in a few words. Letters beyond ASCII other than µ ± × ° ² ³ – − … → show as boxes.</param>
public sealed record PicturePanel(IVolumeReader Volume, string Caption);

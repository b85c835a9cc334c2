namespace InferenceBridge.Models.Training;

/// <summary>Spectra of frames of one microscope, before a camera adds its noise.</summary>
/// <param name="Optics">The microscope, as exactly as it could be known.</param>
/// <param name="Side">Shortest side of the frames in pixels.</param>
/// <param name="Spectra">One for every frame: <see cref="Count"/>.</param>
internal sealed record SpectralGroup(FocusOptics Optics, int Side, IReadOnlyList<NoiseFreeSpectrum> Spectra)
{
    /// <summary>Frames that share a microscope.</summary>
    public const int Count = 8;
}

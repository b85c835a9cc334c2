using InferenceBridge.Imaging;

namespace InferenceBridge.Models.Training;

/// <summary>Where spectra to learn from come from.</summary>
internal interface ISpectra
{
    /// <summary>A random group of spectra, the same for the same random numbers.</summary>
    SpectralGroup Draw(SeededRandom random);
}

namespace InferenceBridge.Models.Training;

/// <summary>What a denoising network learns from.</summary>
public enum DenoisingMode
{
    /// <summary>Noisy images and clean ones of the same fields.</summary>
    Supervised,

    /// <summary>Repeated frames of fields that do not change: each is the target of another (J. Lehtinen et al., ICML 2018).</summary>
    Noise2Noise,

    /// <summary>Stacks or time series: the next plane is the target, except where structure moved.</summary>
    Neighbours,

    /// <summary>Single images: pixels are guessed from those around them (A. Krull, T.-O. Buchholz, F. Jug, CVPR 2019).</summary>
    Noise2Void,

    /// <summary>Clean images, or simulated specimens, to which noise of many strengths is added.</summary>
    Simulated,
}

namespace InferenceBridge.Models;

/// <summary>What an image is taken to hold beyond its faces.</summary>
internal enum EdgeMode
{
    /// <summary>Half-sample symmetric, d c b a | a b c d | d c b a: scipy.ndimage's "reflect", numpy.pad's "symmetric".</summary>
    Symmetric,

    /// <summary>Whole-sample symmetric, d c b | a b c d | c b a: numpy.pad's and torch's "reflect".</summary>
    Mirror,

    /// <summary>The outermost value goes on, a a a | a b c d | d d d: scipy.ndimage's "nearest".</summary>
    Nearest,
}

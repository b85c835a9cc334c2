namespace InferenceBridge.Imaging;

/// <summary>What the samples of a page stand for.</summary>
internal enum TiffColour
{
    /// <summary>Intensities: each sample is a channel.</summary>
    Samples,

    /// <summary>Numbers of colours in a table.</summary>
    Palette,

    /// <summary>Another colour space, which the library turns into red, green and blue of 8 bits.</summary>
    Converted,

    /// <summary>Luminance in a logarithmic code, which the library turns into grey of 8 bits.</summary>
    ConvertedGrey,
}

namespace InferenceBridge.Imaging;

/// <summary>What a virtual microscope looks at: a field of view that can be seen at any defocus.</summary>
public interface IFocalSample
{
    /// <summary>Rows.</summary>
    int Height { get; }

    /// <summary>Columns.</summary>
    int Width { get; }

    /// <summary>Side of a pixel in the sample, in µm; null where it is not known.</summary>
    double? PixelMicrometres { get; }

    /// <summary>The light that falls on the camera.</summary>
    /// <param name="defocus">Position of the stage less that of best focus, in µm.</param>
    /// <returns>Height × width values, X fastest, 0 or more; about 1 at the brightest place in focus.</returns>
    float[] At(double defocus);
}

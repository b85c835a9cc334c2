namespace InferenceBridge.Models;

/// <summary>Planes at several depths, whose light adds up. It takes possession of the planes.</summary>
/// <param name="planes">
/// Each plane, how far it lies from the one to focus on in µm (the stage must move by as much to focus on it), and what its light is multiplied by.
/// </param>
public sealed class ThickSample(IReadOnlyList<(DefocusedImage Plane, double Offset, double Weight)> planes) : IDisposable
{
    /// <summary>The light of all planes at a defocus of the sample, height × width of the planes.</summary>
    /// <param name="defocus">Stage minus best focus of the plane at offset 0, in µm.</param>
    public float[] At(double defocus)
    {
        var light = planes[0].Plane.At(defocus - planes[0].Offset);
        Scale(light, planes[0].Weight);
        foreach (var (plane, offset, weight) in planes.Skip(1))
        {
            var further = plane.At(defocus - offset);
            for (var i = 0; i < light.Length; i++)
            {
                light[i] += (float)(weight * further[i]);
            }
        }

        return light;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (plane, _, _) in planes)
        {
            plane.Dispose();
        }
    }

    private static void Scale(float[] light, double factor)
    {
        for (var i = 0; i < light.Length; i++)
        {
            light[i] *= (float)factor;
        }
    }
}

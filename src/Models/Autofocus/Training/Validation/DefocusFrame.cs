namespace InferenceBridge.Models.Training;

/// <summary>A frame to judge networks by.</summary>
/// <param name="Input">What the network takes.</param>
/// <param name="Shape">Its axes, of one sample.</param>
/// <param name="Defocus">The truth, in µm.</param>
/// <param name="SignVisible">Whether the microscope has an aberration, so that the sign can be told.</param>
internal sealed record DefocusFrame(float[] Input, long[] Shape, double Defocus, bool SignVisible)
{
    /// <summary>The input of a frame for a network.</summary>
    public static DefocusFrame Of(SimulatedFrame frame, bool isSpectral)
    {
        var input = new DefocusInput(isSpectral ? frame.Told : null, frame.Size, frame.Size);
        return new DefocusFrame(input.Of(frame.Pixels).Input, input.Shape, frame.Defocus, frame.Truth is not { SphericalWaves: 0, SampleIndex: null });
    }
}

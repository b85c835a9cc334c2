namespace InferenceBridge.Imaging;

/// <summary>How a virtual camera exposes. Frames are of 16 bits.</summary>
public sealed record VirtualCameraOptions
{
    /// <summary>Photons where the light is 1 (above 0; default 500).</summary>
    public double PeakPhotons { get; init; } = 500;

    /// <summary>Photons of background in every pixel (default 10).</summary>
    public double BackgroundPhotons { get; init; } = 10;

    /// <summary>Standard deviation of the read noise, in electrons (default 1.5).</summary>
    public double ReadNoiseElectrons { get; init; } = 1.5;

    /// <summary>Grey levels for each electron (default 2).</summary>
    public double Gain { get; init; } = 2;

    /// <summary>Grey level of darkness (default 100).</summary>
    public double Offset { get; init; } = 100;

    /// <summary>What an exposure takes, in seconds (default 0.05).</summary>
    public double ExposureSeconds { get; init; } = 0.05;

    /// <summary>Whether the lamp is off: frames show nothing but noise.</summary>
    public bool IsDark { get; init; }
}

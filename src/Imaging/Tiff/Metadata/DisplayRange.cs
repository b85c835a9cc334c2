namespace InferenceBridge.Imaging;

/// <summary>The intensities that a channel is shown with, from black to full colour; in the unit of the pixels.</summary>
/// <param name="Minimum">Shown as the first colour of the channel's table.</param>
/// <param name="Maximum">Shown as the last.</param>
public readonly record struct DisplayRange(double Minimum, double Maximum);

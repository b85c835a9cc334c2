namespace InferenceBridge.Models.Training;

/// <summary>A vector that is spread by a Gaussian: at (y, x) it counts exp(−distance² / 2σ²).</summary>
/// <param name="CentreY">Where it stands, in px; likewise x.</param>
/// <param name="CentreX">See there.</param>
/// <param name="Y">The vector, in px; likewise x.</param>
/// <param name="X">See there.</param>
/// <param name="Sigma">Standard deviation in px.</param>
internal readonly record struct FieldVector(double CentreY, double CentreX, double Y, double X, double Sigma);

using System.Diagnostics;

namespace InferenceBridge.Models.Training;

/// <summary>
/// The learning rate by how far training is. One cycle: L. N. Smith and N. Topin, "Super-convergence", arXiv:1708.07120, in the form and with
/// the defaults that PyTorch's OneCycleLR has; cosine: I. Loshchilov and F. Hutter, "SGDR", ICLR 2017.
/// </summary>
/// <param name="Kind">Its shape.</param>
/// <param name="Peak">The largest rate.</param>
internal sealed record LearningRateSchedule(ScheduleKind Kind, double Peak)
{
    private const double RisingPart = 0.3;
    private const double StartDivisor = 25;
    private const double EndDivisor = 1e4;
    private const double WarmUpPart = 0.02;
    private const double CosineFloor = 0.01;

    /// <summary>The rate.</summary>
    /// <param name="position">Part of the training that is done, 0 to 1.</param>
    public double RateAt(double position) => Kind switch
    {
        ScheduleKind.OneCycle when position < RisingPart => Cosine(Peak / StartDivisor, Peak, position / RisingPart),
        ScheduleKind.OneCycle => Cosine(Peak, Peak / StartDivisor / EndDivisor, (position - RisingPart) / (1 - RisingPart)),
        ScheduleKind.Cosine when position < WarmUpPart => Peak * (CosineFloor + ((1 - CosineFloor) * position / WarmUpPart)),
        ScheduleKind.Cosine => Cosine(Peak, Peak * CosineFloor, (position - WarmUpPart) / (1 - WarmUpPart)),
        ScheduleKind.Constant => Peak,
        _ => throw new UnreachableException($"Unmapped schedule {Kind}."),
    };

    private static double Cosine(double from, double to, double part) =>
        to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * Math.Clamp(part, 0, 1))));
}

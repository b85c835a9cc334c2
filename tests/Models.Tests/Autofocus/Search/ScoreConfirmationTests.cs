namespace InferenceBridge.Models.Tests;

public class ScoreConfirmationTests
{
    private const double Tolerance = 0.41;

    private static readonly FocusWindow Window = new(-30, 30);

    [Fact]
    public void Next_ReadingsLeadToWhereNoFrameHasBeen_ConfirmsNothing()
    {
        // As a 20x/0.8 objective with a spherical aberration did it: the score falls upwards, and the readings lead there.
        SearchPoint[] points = [At(-3.68, 0.0002, -4.4), At(0.76, 0.0044, -1.3), At(1.58, 0.0029, -2.7)];
        Assert.Equal(ScoreStepKind.Nothing, ScoreConfirmation.Next(points, new FocusBelief(3.66, 0.3), Window, Tolerance, 1).Kind);
    }

    [Fact]
    public void Next_OnlyFrameThereHasPlay_IsWhatReadingsSay()
    {
        SearchPoint[] points = [At(-0.3, 0.004, -0.3) with { Slack = 1 }];
        var step = ScoreConfirmation.Next(points, new FocusBelief(0, 0.2), Window, Tolerance, 1);
        Assert.Equal((ScoreStepKind.Confirmed, 0.0), (step.Kind, step.Z));
    }

    private static SearchPoint At(double z, double score, double defocus) => new(z, score, false, new FocusReading(FocusReadingKind.Signed, defocus, 0.3, 0.5), 0);
}

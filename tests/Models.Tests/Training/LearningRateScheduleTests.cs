using InferenceBridge.Models.Training;

namespace InferenceBridge.Models.Tests;

public class LearningRateScheduleTests
{
    [Theory]
    [InlineData(0, 0.04)]
    [InlineData(0.15, 0.52)] // The middle of 1/25 and 1.
    [InlineData(0.3, 1)]
    [InlineData(0.65, 0.500002)] // The middle of 1 and 1/250000.
    [InlineData(1, 0.000004)]
    public void RateAt_OneCycle_IsTheClosedForm(double position, double expected) =>
        Assert.Equal(expected, new LearningRateSchedule(ScheduleKind.OneCycle, 1).RateAt(position), 9);

    [Theory]
    [InlineData(0, 0.02)]
    [InlineData(0.01, 1.01)] // Half of the way from 1 % to all of 2.
    [InlineData(0.02, 2)]
    [InlineData(0.51, 1.01)]
    [InlineData(1, 0.02)]
    public void RateAt_Cosine_IsTheClosedForm(double position, double expected) =>
        Assert.Equal(expected, new LearningRateSchedule(ScheduleKind.Cosine, 2).RateAt(position), 9);

    [Fact]
    public void RateAt_Constant_StaysAtThePeak() => Assert.Equal(3, new LearningRateSchedule(ScheduleKind.Constant, 3).RateAt(0.7));
}

namespace InferenceBridge.Imaging.Tests;

public class ValueAxisTests
{
    [Theory]
    [InlineData(-5.3, 9.93, -10, 10, 5, "-10 -5 0 5 10")]
    [InlineData(0.45, 1, 0.4, 1, 0.2, "0.4 0.6 0.8 1.0")]
    [InlineData(0, 0.013, 0, 0.015, 0.005, "0.000 0.005 0.010 0.015")]
    [InlineData(0, 0, -0.05, 0.05, 0.05, "-0.05 0.00 0.05")]
    [InlineData(250, 250, 220, 280, 20, "220 240 260 280")]
    public void Around_Values_EndsAtRoundMarks(double low, double high, double expectedLow, double expectedHigh, double step, string marks)
    {
        var axis = ValueAxis.Around(low, high, 4);

        Assert.Equal(expectedLow, axis.Low, 1e-9);
        Assert.Equal(expectedHigh, axis.High, 1e-9);
        Assert.Equal(step, axis.Step, 1e-9);
        Assert.Equal(marks, string.Join(' ', axis.Marks.Select(axis.Text)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 4)]
    [InlineData(0, 17999)]
    public void Between_Frames_HasWholeMarksWithinIt(double low, double high)
    {
        var axis = ValueAxis.Between(low, high, 8);

        Assert.Equal((low, high), (axis.Low, axis.High));
        Assert.All(axis.Marks, mark => Assert.True(mark >= low && mark <= high && mark == Math.Round(mark)));
        Assert.InRange(axis.Marks.Count(), 1, 10);
    }
}

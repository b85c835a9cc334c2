namespace InferenceBridge.Models.Tests;

/// <summary>Comparison of images.</summary>
internal static class Near
{
    /// <summary>Asserts that no voxel differs by more than a part of the expected values' largest magnitude.</summary>
    public static void Equal(IEnumerable<double> expected, float[] actual, double tolerance)
    {
        var values = expected.ToArray();
        Assert.Equal(values.Length, actual.Length);
        var scale = values.Max(Math.Abs);
        for (var i = 0; i < values.Length; i++)
        {
            Assert.True(Math.Abs(values[i] - actual[i]) <= tolerance * scale,
                $"Voxel {i} is {actual[i]:g9}; expected: {values[i]:g9} within {tolerance * scale:g3}.");
        }
    }

    public static void Equal(double[,,] expected, float[] actual, double tolerance) => Equal(expected.Cast<double>(), actual, tolerance);

    public static void Equal(float[] expected, float[] actual, double tolerance) =>
        Equal(expected.Select(value => (double)value), actual, tolerance);
}

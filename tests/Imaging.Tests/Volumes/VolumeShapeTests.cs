namespace InferenceBridge.Imaging.Tests;

public class VolumeShapeTests
{
    [Fact]
    public void PlaneAt_EveryPlane_InvertsPlaneNumber()
    {
        var shape = new VolumeShape(2, 3, 5, 7, 11);
        long number = 0;
        for (var t = 0; t < 2; t++)
        {
            for (var c = 0; c < 3; c++)
            {
                for (var z = 0; z < 5; z++, number++)
                {
                    Assert.Equal(number, shape.PlaneNumber(t, c, z));
                    Assert.Equal((t, c, z), shape.PlaneAt(number));
                }
            }
        }

        Assert.Equal((30, 6, 77, 385, 2310), (shape.PlaneCount, shape.StackCount, shape.PlaneElementCount, shape.StackElementCount, shape.ElementCount));
    }

    [Theory]
    [InlineData(0, 1, 1, 1, 1, "image.size_t")]
    [InlineData(1, -1, 1, 1, 1, "image.size_c")]
    [InlineData(1, 1, 0, 1, 1, "image.size_z")]
    [InlineData(1, 1, 1, int.MinValue, 1, "image.size_y")]
    [InlineData(1, 1, 1, 1, 0, "image.size_x")]
    public void Validate_SizeBelowOne_NamesAxis(int t, int c, int z, int y, int x, string field)
    {
        var fault = Assert.Throws<InferenceException>(() => new VolumeShape(t, c, z, y, x).Validate("image"));

        Assert.Equal((InferenceError.ShapeInvalid, field), (fault.Error, fault.Field));
    }

    [Theory]
    [InlineData(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue)] // wraps in 128 bits too
    [InlineData(1, 1, 1 << 20, 1 << 20, 1 << 20)]
    [InlineData(1 << 30, 1 << 30, 1 << 30, 1 << 30, 1 << 30)] // 2^150: 0 in 128 bits
    public void Validate_ProductTooLarge_IsRefused(int t, int c, int z, int y, int x)
    {
        var fault = Assert.Throws<InferenceException>(() => new VolumeShape(t, c, z, y, x).Validate("image"));

        Assert.Equal(InferenceError.ShapeInvalid, fault.Error);
    }

    [Fact]
    public void Validate_LargestThatFits_Passes()
    {
        var shape = new VolumeShape(1, 1, 1 << 20, 1 << 20, (1 << 20) - 1);

        shape.Validate("image");

        Assert.Equal((1L << 60) - (1L << 40), shape.ElementCount);
    }
}

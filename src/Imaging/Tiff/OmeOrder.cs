namespace InferenceBridge.Imaging;

/// <summary>The order in which an OME-TIFF counts planes.</summary>
/// <param name="Order">"XYZCT" and the like: the axis after Y runs fastest.</param>
/// <param name="Shape">Sizes, with pages in place of channels.</param>
internal sealed record OmeOrder(string Order, VolumeShape Shape)
{
    /// <summary>Number of a plane in this order.</summary>
    public long IndexOf(int t, int c, int z)
    {
        long index = 0;
        for (var i = 4; i >= 2; i--)
        {
            index = Order[i] switch
            {
                'Z' => (index * Shape.Depth) + z,
                'C' => (index * Shape.Channels) + c,
                _ => (index * Shape.Frames) + t,
            };
        }

        return index;
    }

    /// <summary>Number, with Z fastest, then C, then T, of the plane that has a number in this order.</summary>
    public long PlaneOf(long index)
    {
        var (t, c, z) = (0, 0, 0);
        foreach (var axis in Order.AsSpan(2))
        {
            switch (axis)
            {
                case 'Z': (index, z) = (index / Shape.Depth, (int)(index % Shape.Depth)); break;
                case 'C': (index, c) = (index / Shape.Channels, (int)(index % Shape.Channels)); break;
                default: (index, t) = (index / Shape.Frames, (int)(index % Shape.Frames)); break;
            }
        }

        return Shape.PlaneNumber(t, c, z);
    }
}

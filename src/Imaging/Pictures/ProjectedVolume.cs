namespace InferenceBridge.Imaging;

/// <summary>The three maximum projections of one frame as pictures of the same scale, every channel in its colour.</summary>
/// <param name="AlongZ">Seen along z.</param>
/// <param name="AlongY">Seen along y; null for a single plane.</param>
/// <param name="AlongX">Seen along x; null for a single plane.</param>
/// <param name="MicrometresPerPixel">Size of a pixel of these pictures; null where the volume is not calibrated.</param>
internal sealed record ProjectedVolume(Picture AlongZ, Picture? AlongY, Picture? AlongX, double? MicrometresPerPixel)
{
    internal static ProjectedVolume Create(IVolumeReader volume, PictureOptions options, CancellationToken cancellation)
    {
        options.Validate(volume.Info);
        var shape = volume.Info.Shape;
        PlaneLimit.Check("image", shape.Width, shape.Height);
        PlaneLimit.Check("image", shape.Width, shape.Depth);
        PlaneLimit.Check("image", shape.Depth, shape.Height);
        var scale = ProjectionScale.Create(volume.Info, options);
        var channels = volume.Info.Shape.Channels;
        var depth = volume.Info.Shape.Depth;
        var alongZ = new ChannelMix(scale.Width, scale.Height, channels);
        var alongY = depth > 1 ? new ChannelMix(scale.Width, scale.Depth, channels) : null;
        var alongX = depth > 1 ? new ChannelMix(scale.Depth, scale.Height, channels) : null;
        for (var channel = 0; channel < channels; channel++)
        {
            var projections = MaximumProjections.Compute(volume, options.Frame, channel, cancellation);
            var contrast = ContrastStretch.Of(projections.AlongZ.Values, options.LowPercent, options.HighPercent);
            alongZ.Add(projections.AlongZ, contrast, channel);
            alongY?.Add(projections.AlongY, contrast, channel);
            alongX?.Add(projections.AlongX, contrast, channel);
        }

        return new ProjectedVolume(alongZ.ToPicture(scale.Zoom), alongY?.ToPicture(scale.Zoom), alongX?.ToPicture(scale.Zoom),
            scale.MicrometresPerPixel);
    }
}

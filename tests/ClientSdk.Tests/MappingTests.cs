using InferenceBridge.Client.Internal;
using InferenceBridge.Imaging;

namespace InferenceBridge.Client.Tests;

public sealed class MappingTests
{
    private static readonly VolumeInfo Image = new(new VolumeShape(2, 3, 4, 5, 6), PixelType.Int16)
    {
        Calibration = new Calibration { VoxelWidth = 65, VoxelHeight = 65, VoxelDepth = 200, Unit = "nm", FrameInterval = 2, TimeUnit = "min" },
        ChannelNames = ["a", "b", "c"],
    };

    [Fact]
    public void ToProto_Volume_HasSizesByAxisMicrometresAndSeconds()
    {
        var proto = VolumeMapper.ToProto(Image);
        Assert.Equal((2, 3, 4, 5, 6), (proto.SizeT, proto.SizeC, proto.SizeZ, proto.SizeY, proto.SizeX));
        Assert.Equal(Proto.PixelType.Int16, proto.PixelType);
        Assert.Equal(0.065, proto.VoxelSizeXUm, 12);
        Assert.Equal(0.2, proto.VoxelSizeZUm, 12);
        Assert.Equal(120, proto.FrameIntervalS, 12);
    }

    [Fact]
    public void ToProto_Uncalibrated_SaysNothing()
    {
        var proto = VolumeMapper.ToProto(new VolumeInfo(new VolumeShape(1, 1, 1), PixelType.UInt8));
        Assert.Equal((0, 0, 0, 0), (proto.VoxelSizeXUm, proto.VoxelSizeYUm, proto.VoxelSizeZUm, proto.FrameIntervalS));
    }

    [Fact]
    public void ToProto_EveryPixelType_ComesBack() => Assert.All(Enum.GetValues<PixelType>(), type =>
        Assert.Equal(type, VolumeMapper.ToResult(VolumeMapper.ToProto(Image with { PixelType = type }), Image).PixelType));

    [Fact]
    public void ToResult_SameVolume_KeepsUnitsAndNamesToTheLastDigit()
    {
        var result = VolumeMapper.ToResult(VolumeMapper.ToProto(Image), Image);
        Assert.Equal(Image.Calibration, result.Calibration);
        Assert.Equal(Image.ChannelNames, result.ChannelNames);
    }

    [Fact]
    public void ToResult_OtherVoxels_AreBroughtToTheImagesUnit()
    {
        var proto = VolumeMapper.ToProto(Image);
        (proto.SizeX, proto.VoxelSizeXUm) = (12, 0.0325);
        var result = VolumeMapper.ToResult(proto, Image);
        Assert.Equal("nm", result.Calibration.Unit);
        Assert.Equal(32.5, result.Calibration.VoxelWidth, 9);
        Assert.Equal(200, result.Calibration.VoxelDepth, 9);
    }

    [Fact]
    public void ToResult_FewerChannels_LosesTheirNames()
    {
        var proto = VolumeMapper.ToProto(Image);
        proto.SizeC = 1;
        Assert.Empty(VolumeMapper.ToResult(proto, Image).ChannelNames);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1L << 31)]
    public void ToResult_ImpossibleSize_IsTheServersFault(long size)
    {
        var proto = VolumeMapper.ToProto(Image);
        proto.SizeY = size;
        var error = Assert.Throws<InferenceException>(() => VolumeMapper.ToResult(proto, Image));
        Assert.Equal((InferenceError.ProtocolViolation, "result.size_y"), (error.Error, error.Field));
    }

    [Fact]
    public void Statistics_NoiseUnknown_TravelsAsZero()
    {
        var proto = VolumeMapper.ToProto(new IntensityStatistics(1, 9, 5, 2, null));
        Assert.Equal((1, 9, 5, 2, 0), (proto.Minimum, proto.Maximum, proto.Mean, proto.StandardDeviation, proto.NoiseStandardDeviation));
        Assert.Equal(new IntensityStatistics(1, 9, 5, 2, null), VolumeMapper.FromProto(proto));
        proto.NoiseStandardDeviation = 0.5;
        Assert.Equal(0.5, VolumeMapper.FromProto(proto).NoiseStandardDeviation);
    }

    [Fact]
    public void ToOperationInfo_EveryKindOfParameter_IsMappedAndAnUnknownOneLeftOut()
    {
        var info = CatalogMapper.ToOperationInfo(new Proto.Operation
        {
            Id = "denoise/x", Task = "denoise", Version = "3", Summary = "S", Description = "D",
            Inputs = { new Proto.Input { Name = "image", Help = "I", Required = true } },
            Output = new Proto.OutputRule { PixelType = Proto.OutputRule.Types.PixelTypeRule.Float32 },
            Parameters =
            {
                new Proto.Parameter { Name = "n", Unit = "px", Help = "H", Number = new Proto.NumberParameter { DefaultValue = 1.5, Minimum = 0, Maximum = 2 } },
                new Proto.Parameter { Name = "i", Integer = new Proto.IntegerParameter { DefaultValue = 4, Minimum = 1, Maximum = 9 } },
                new Proto.Parameter { Name = "b", Boolean = new Proto.BooleanParameter { DefaultValue = true } },
                new Proto.Parameter { Name = "c", Choice = new Proto.ChoiceParameter { DefaultValue = "u", Choices = { new Proto.Choice { Value = "u", Help = "U" } } } },
                new Proto.Parameter { Name = "of a later version" },
            },
        });
        Assert.Equal(("denoise/x", "denoise", "3", "S", "D"), (info.Id, info.Task, info.Version, info.Summary, info.Description));
        Assert.Equal([new InputInfo("image", "I", true)], info.Inputs);
        Assert.Equal(OutputPixelRule.Float32, info.OutputPixels);
        Assert.Equal(["n", "i", "b", "c"], info.Parameters.Select(parameter => parameter.Name));
        Assert.Equal([1.5, 4L, true, "u"], info.Parameters.Select(parameter => parameter.Default.Value));
        Assert.Equal((0.0, 9L), (info.Parameters[0].Minimum!.Value, info.Parameters[1].Maximum!.Value));
        Assert.Equal(("px", "H", "u"), (info.Parameters[0].Unit, info.Parameters[0].Help, info.Parameters[3].Choices.Single().Value));
    }
}

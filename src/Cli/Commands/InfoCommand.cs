using System.CommandLine;
using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>ib info: what a file holds, without reading its pixels.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "TIFF: plain multi-page, ImageJ hyperstack, OME-TIFF or BigTIFF." };
        var json = CommonOptions.Json();
        var command = new Command("info", "Show a file's axes, sizes, pixel type, calibration, compression and metadata.") { file, json };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            using var volume = VolumeFile.OpenRead(path);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(JsonOutput.Format(ToJson(path, volume)));
            }
            else
            {
                WriteText(path, volume, output);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static object ToJson(string path, TiffVolumeReader volume)
    {
        var (shape, calibration, format) = (volume.Info.Shape, volume.Info.Calibration, volume.Format);
        var micrometres = calibration.VoxelSizeMicrometres;
        return new
        {
            File = path,
            FileBytes = new FileInfo(path).Length,
            Axes = "TCZYX",
            Size = new { T = shape.Frames, C = shape.Channels, Z = shape.Depth, Y = shape.Height, X = shape.Width },
            Voxels = shape.ElementCount,
            PixelType = volume.Info.PixelType.Name(),
            VoxelSize = new { X = calibration.VoxelWidth, Y = calibration.VoxelHeight, Z = calibration.VoxelDepth, calibration.Unit },
            VoxelSizeUm = micrometres is { } m ? new { m.X, m.Y, m.Z } : null,
            calibration.FrameInterval,
            calibration.TimeUnit,
            FrameIntervalS = calibration.FrameIntervalSeconds,
            volume.Info.ChannelNames,
            Flavour = format.Flavour,
            Compression = format.Compression,
            ByteOrder = ByteOrder(format),
            Bigtiff = format.IsBigTiff,
            Tiled = format.IsTiled,
            format.Notes,
            Metadata = MetadataReport.ToJson(volume.Metadata),
        };
    }

    private static void WriteText(string path, TiffVolumeReader volume, TextWriter output)
    {
        var (info, calibration, format) = (volume.Info, volume.Info.Calibration, volume.Format);
        var table = new TextTable();
        table.Add("size", $"{info.Shape}, {Format.Count(info.Shape.ElementCount)} voxels, {Format.Bytes(info.TotalBytes)}");
        table.Add("pixels", info.PixelType.Name());
        table.Add("voxel size",
            $"{Format.Number(calibration.VoxelWidth)} × {Format.Number(calibration.VoxelHeight)} × {Format.Number(calibration.VoxelDepth)} {calibration.Unit} (x × y × z)");
        if (calibration.FrameInterval > 0)
        {
            table.Add("frame interval", $"{Format.Number(calibration.FrameInterval)} {calibration.TimeUnit}");
        }

        if (info.ChannelNames.Count > 0)
        {
            table.Add("channels", string.Join(", ", info.ChannelNames));
        }

        table.Add("flavour", format.Flavour switch
        {
            TiffFlavour.ImageJ => "ImageJ hyperstack",
            TiffFlavour.Ome => "OME-TIFF",
            _ => "plain TIFF (pages are slices)",
        } + (format.IsBigTiff ? ", BigTIFF" : ""));
        table.Add("compression", format.Compression);
        table.Add("storage", $"{ByteOrder(format)}-endian, {(format.IsTiled ? "tiles" : "strips")}");
        MetadataReport.AddTo(table, volume.Metadata);
        foreach (var note in format.Notes)
        {
            table.Add("note", note);
        }

        output.WriteLine(path);
        table.WriteTo(output, "  ");
    }

    private static string ByteOrder(TiffFileFormat format) => format.IsBigEndian ? "big" : "little";
}

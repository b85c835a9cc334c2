using InferenceBridge.Imaging;

namespace InferenceBridge.Cli;

/// <summary>Writes several volumes as files that appear together or not at all.</summary>
internal static class VolumeFiles
{
    public static void Write(IReadOnlyList<(string Path, IVolumeReader Volume)> files, TiffWriteOptions options, CancellationToken cancellation)
    {
        var writers = new List<TiffVolumeWriter>();
        try
        {
            foreach (var (path, volume) in files)
            {
                var writer = VolumeFile.Create(path, volume.Info, options);
                writers.Add(writer);
                Copy(volume, writer, cancellation);
            }

            writers.ForEach(writer => writer.Complete());
        }
        finally
        {
            writers.ForEach(writer => writer.Dispose());
        }
    }

    private static void Copy(IVolumeReader volume, TiffVolumeWriter writer, CancellationToken cancellation)
    {
        var plane = new byte[volume.Info.PlaneBytes];
        for (long i = 0; i < volume.Info.Shape.PlaneCount; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            volume.ReadRows(i, 0, volume.Info.Shape.Height, plane);
            writer.WriteRows(i, 0, volume.Info.Shape.Height, plane);
        }
    }
}

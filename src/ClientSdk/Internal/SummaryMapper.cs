using InferenceBridge.Imaging;
using Proto = InferenceBridge.Protocol.V1;

namespace InferenceBridge.Client.Internal;

/// <summary>The last message of a job as a record of the SDK.</summary>
internal static class SummaryMapper
{
    public static RunPlan ToPlan(Proto.Accepted accepted)
    {
        var tiles = accepted.TilePlan ?? new Proto.TilePlan();
        return new RunPlan(accepted.Device, tiles.Tiles, accepted.PredictedMemoryBytes)
        {
            TileSize = (tiles.TileZ, tiles.TileY, tiles.TileX),
            Halo = (tiles.HaloZ, tiles.HaloY, tiles.HaloX),
            Spools = accepted.Spools,
        };
    }

    public static RunSummary ToSummary(Proto.Summary summary, VolumeInfo result) =>
        new(summary.Operation, summary.OperationVersion, summary.Device, result)
        {
            ServerVersion = summary.ServerVersion,
            UploadSeconds = summary.UploadSeconds,
            ComputeSeconds = summary.ComputeSeconds,
            DownloadSeconds = summary.DownloadSeconds,
            TotalSeconds = summary.TotalSeconds,
            Tiles = summary.Tiles,
            Voxels = summary.Voxels,
            WeightsSha256 = summary.WeightsSha256,
            ResultStatistics = summary.ResultStatistics is null ? null : VolumeMapper.FromProto(summary.ResultStatistics),
            Details = new Dictionary<string, string>(summary.Details),
            Warnings = [.. summary.Warnings],
            Parameters = ValueMapper.FromProto(summary.Parameters),
        };
}

using InferenceBridge.Imaging;

namespace InferenceBridge.Server.Jobs;

/// <summary>What the server tells of a job, as messages.</summary>
internal static class ProtoMapping
{
    public static Proto.Accepted Accepted(JobRequest request, JobPlan? plan, string device, long predictedMemory)
    {
        var result = request.Made is null ? request.Description.Clone() : VolumeDescriptions.Of(request.Made);
        result.PixelType = (Proto.PixelType)(int)request.OutputPixelType;
        return new Proto.Accepted
        {
            Device = device,
            TilePlan = plan is not null ? Plan(plan.Tiles) : request.Made is null ? PlanePlan(request.Image.Shape) : WholePlan(request.Result.Shape),
            PredictedMemoryBytes = predictedMemory,
            Result = result,
            Spools = plan?.Spools ?? false,
            SideOutputs = { request.SideOutputs.Select(side => SideOutputs.ToProto(side, request.Description)) },
        };
    }

    public static Proto.Summary Summary(JobRequest request, JobState state)
    {
        var declaration = request.Operation.Declaration;
        var summary = new Proto.Summary
        {
            Operation = declaration.Id,
            OperationVersion = declaration.Version,
            ServerVersion = ServerVersion.Text,
            Device = state.Device,
            UploadSeconds = state.Clock.UploadSeconds,
            ComputeSeconds = state.Clock.ComputeSeconds,
            DownloadSeconds = state.Clock.DownloadSeconds,
            TotalSeconds = state.Clock.TotalSeconds,
            Tiles = state.Tiles,
            Voxels = request.Image.Shape.ElementCount,
            WeightsSha256 = declaration.Provenance.WeightsSha256,
            ResultStatistics = state.ResultStatistics is { } statistics ? Statistics(statistics) : null,
            Warnings = { state.Warnings },
            Details = { state.Details },
        };
        foreach (var (name, value) in request.Parameters.Values)
        {
            summary.Parameters[name] = Value(state.EstimatedParameters.GetValueOrDefault(name, value));
        }

        return summary;
    }

    public static Proto.ParameterValue Value(object value) => value switch
    {
        bool boolean => new Proto.ParameterValue { Boolean = boolean },
        string choice => new Proto.ParameterValue { Choice = choice },
        int integer => new Proto.ParameterValue { Integer = integer },
        long integer => new Proto.ParameterValue { Integer = integer },
        float number => new Proto.ParameterValue { Number = number },
        double number => new Proto.ParameterValue { Number = number },
        _ => throw new ArgumentException($"A parameter's value cannot be {value.GetType()}.", nameof(value)),
    };

    private static Proto.TilePlan PlanePlan(VolumeShape shape) =>
        new() { Tiles = shape.PlaneCount, TileZ = 1, TileY = shape.Height, TileX = shape.Width };

    private static Proto.TilePlan WholePlan(VolumeShape shape) =>
        new() { Tiles = 1, TileZ = shape.Depth, TileY = shape.Height, TileX = shape.Width };

    private static Proto.TilePlan Plan(TilePlan plan) => new()
    {
        Tiles = plan.TileCount,
        TileZ = plan.CoreDepth,
        TileY = plan.CoreHeight,
        TileX = plan.CoreWidth,
        HaloZ = plan.Halo.Z,
        HaloY = plan.Halo.Y,
        HaloX = plan.Halo.X,
    };

    private static Proto.IntensityStatistics Statistics(IntensityStatistics statistics) => new()
    {
        Minimum = statistics.Minimum,
        Maximum = statistics.Maximum,
        Mean = statistics.Mean,
        StandardDeviation = statistics.StandardDeviation,
        NoiseStandardDeviation = statistics.NoiseStandardDeviation ?? 0,
    };
}

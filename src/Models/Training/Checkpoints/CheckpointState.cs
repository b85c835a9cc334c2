namespace InferenceBridge.Models.Training;

/// <summary>The numbers of a checkpoint.</summary>
internal sealed record CheckpointState
{
    public long Step { get; init; }

    public double Seconds { get; init; }

    /// <summary>Sum of the losses since the last validation.</summary>
    public double LossSum { get; init; }

    public long LossCount { get; init; }

    public double LearningRate { get; init; }

    public long BestStep { get; init; }

    public ValidationScore? BestScore { get; init; }

    /// <summary>Validations since the best.</summary>
    public int Waited { get; init; }

    public IReadOnlyList<HistoryEntry> History { get; init; } = [];

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();
}

namespace InferenceBridge.Models.Training;

/// <summary>Gives batches by their numbers, so that training can stop and go on anywhere.</summary>
internal interface IBatchSource
{
    /// <summary>The batch of a step, on the CPU; the same number gives the same batch. Called by one thread at a time.</summary>
    TrainingBatch Draw(long step);
}

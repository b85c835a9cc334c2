namespace InferenceBridge.Models.Packages;

/// <summary>Goes through an image to find the local steps that lie before a network.</summary>
internal interface IImageSteps : IImagePass
{
    /// <summary>The local steps that a channel has come to.</summary>
    IReadOnlyList<ProcessingStep> StepsOf(int channel);

    /// <summary>True where the image holds one value alone.</summary>
    bool IsConstant(int channel);

    /// <summary>What a job should warn of; null for nothing.</summary>
    string? Warning(int channel);
}

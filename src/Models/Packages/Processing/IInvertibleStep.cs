namespace InferenceBridge.Models.Packages;

/// <summary>A step that another one undoes.</summary>
internal interface IInvertibleStep
{
    /// <summary>The step that takes a network's results to the scale of its input.</summary>
    ProcessingStep Inverse();
}

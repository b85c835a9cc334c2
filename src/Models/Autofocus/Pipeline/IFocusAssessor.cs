namespace InferenceBridge.Models;

/// <summary>Judges frames of one size, one after another, each for itself.</summary>
internal interface IFocusAssessor : IDisposable
{
    /// <summary>Judges a frame.</summary>
    /// <param name="frame">Of the size that the assessor was made for.</param>
    /// <param name="cancellation">Looked at often enough that a device is free within the time of one frame.</param>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    FocusAssessment Assess(FocusFrame frame, CancellationToken cancellation);
}

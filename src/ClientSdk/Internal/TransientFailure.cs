namespace InferenceBridge.Client.Internal;

/// <summary>Carries an error out of an attempt that may be repeated; it never leaves the SDK.</summary>
/// <param name="error">What the caller gets when this failure is final.</param>
/// <param name="reached">How far the attempt had come.</param>
internal sealed class TransientFailure(InferenceException error, AttemptStage reached = AttemptStage.Connecting)
    : Exception(error.Message, error)
{
    public InferenceException Error { get; } = error;

    public AttemptStage Reached { get; } = reached;
}

/// <summary>How far an attempt has come.</summary>
internal enum AttemptStage
{
    /// <summary>The server has not taken the call.</summary>
    Connecting,

    /// <summary>The server has answered.</summary>
    Running,

    /// <summary>Part of the result is here.</summary>
    Receiving,
}

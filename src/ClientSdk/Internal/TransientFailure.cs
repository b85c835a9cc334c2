namespace InferenceBridge.Client.Internal;

/// <summary>Carries an error out of an attempt that may safely be repeated; it never leaves the SDK.</summary>
internal sealed class TransientFailure(InferenceException error) : Exception(error.Message, error)
{
    public InferenceException Error { get; } = error;
}

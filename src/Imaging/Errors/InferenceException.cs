namespace InferenceBridge;

/// <summary>
/// The one exception of the domain. Its message names the field, the value that it got and what would be accepted.
/// </summary>
public sealed class InferenceException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="error">What went wrong.</param>
    /// <param name="field">The field, parameter, input or file at fault, such as "parameters.h"; empty if none is.</param>
    /// <param name="message">A sentence for the person who called: the field, the value, what would be accepted.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public InferenceException(InferenceError error, string field, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Error = error;
        Field = field;
    }

    /// <summary>What went wrong.</summary>
    public InferenceError Error { get; }

    /// <summary>The field, parameter, input or file at fault; empty if none is.</summary>
    public string Field { get; }
}

namespace InferenceBridge.Cli;

/// <summary>What the tool returns to the shell.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Anything that is neither the caller's fault nor a cancellation.</summary>
    public const int Failed = 1;

    /// <summary>Bad input or usage: calling again without a change would fail again.</summary>
    public const int BadInput = 2;

    /// <summary>Ctrl-C: 128 + SIGINT, as shells count it.</summary>
    public const int Cancelled = 130;

    public static int Of(InferenceError error) => error switch
    {
        InferenceError.Cancelled => Cancelled,
        InferenceError.UsageInvalid
            or InferenceError.OperationNotFound
            or InferenceError.ParameterUnknown
            or InferenceError.ParameterTypeMismatch
            or InferenceError.ParameterOutOfRange
            or InferenceError.ShapeInvalid
            or InferenceError.ShapeMismatch
            or InferenceError.PixelTypeUnsupported
            or InferenceError.InputMissing
            or InferenceError.InputUnexpected
            or InferenceError.ValueNotFinite
            or InferenceError.AuxiliaryInvalid
            or InferenceError.VolumeTooLarge
            or InferenceError.FileUnreadable
            or InferenceError.FileFormatInvalid
            or InferenceError.FileUnwritable => BadInput,
        _ => Failed,
    };
}

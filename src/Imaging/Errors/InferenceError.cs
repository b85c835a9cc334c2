namespace InferenceBridge;

/// <summary>Everything that can go wrong and that a caller may want to tell apart. One place maps it to a gRPC status.</summary>
public enum InferenceError
{
    /// <summary>A fault of ours: please report it.</summary>
    Internal = 0,

    /// <summary>The command or call is used wrongly.</summary>
    UsageInvalid,

    /// <summary>No operation has this id.</summary>
    OperationNotFound,

    /// <summary>The operation declares no parameter of this name.</summary>
    ParameterUnknown,

    /// <summary>The value is of another type than the parameter declares.</summary>
    ParameterTypeMismatch,

    /// <summary>The value lies outside of the declared range or choices.</summary>
    ParameterOutOfRange,

    /// <summary>A size is zero, negative or so large that its product overflows.</summary>
    ShapeInvalid,

    /// <summary>Two volumes, or a volume and a setting, do not fit each other.</summary>
    ShapeMismatch,

    /// <summary>The pixel type is unknown or does not fit here.</summary>
    PixelTypeUnsupported,

    /// <summary>An input that the operation requires is not declared or has not arrived.</summary>
    InputMissing,

    /// <summary>An input that the operation does not declare, or that comes in the wrong place.</summary>
    InputUnexpected,

    /// <summary>A chunk repeats, leaves out or precedes planes that were expected.</summary>
    ChunkOutOfOrder,

    /// <summary>The bytes of a chunk do not match its CRC-32C.</summary>
    ChunkCorrupt,

    /// <summary>The bytes of a chunk do not match the declared shape and pixel type.</summary>
    ChunkSizeMismatch,

    /// <summary>The upload ended before every declared plane had arrived.</summary>
    UploadIncomplete,

    /// <summary>The messages of a call came in an order that the protocol does not allow.</summary>
    ProtocolViolation,

    /// <summary>A pixel is NaN or infinite where the operation needs finite values.</summary>
    ValueNotFinite,

    /// <summary>A PSF or another auxiliary volume cannot be used: all zero, negative, not finite, too large.</summary>
    AuxiliaryInvalid,

    /// <summary>The volume is larger than the server's limit.</summary>
    VolumeTooLarge,

    /// <summary>The job does not fit into the device's memory, even in small tiles.</summary>
    DeviceOutOfMemory,

    /// <summary>The device failed or went away.</summary>
    DeviceUnavailable,

    /// <summary>The server has no place for another job now.</summary>
    ServerBusy,

    /// <summary>The server is shutting down.</summary>
    ServerStopping,

    /// <summary>No server answers at the address.</summary>
    ServerUnreachable,

    /// <summary>The address to listen on is taken or not usable.</summary>
    AddressUnavailable,

    /// <summary>The caller cancelled.</summary>
    Cancelled,

    /// <summary>The deadline of the call passed.</summary>
    DeadlineExceeded,

    /// <summary>The file does not exist or cannot be opened.</summary>
    FileUnreadable,

    /// <summary>The file is not of a format that is read here, or it is damaged.</summary>
    FileFormatInvalid,

    /// <summary>The file cannot be written.</summary>
    FileUnwritable,
}

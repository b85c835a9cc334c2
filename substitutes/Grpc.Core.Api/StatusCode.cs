namespace Grpc.Core;

/// <summary>Result of a call, with the numbers that travel in the grpc-status trailer.</summary>
public enum StatusCode
{
    /// <summary>Success.</summary>
    OK = 0,

    /// <summary>The caller gave up the call.</summary>
    Cancelled = 1,

    /// <summary>An error that nothing more is known of.</summary>
    Unknown = 2,

    /// <summary>An argument is wrong whatever the system's state.</summary>
    InvalidArgument = 3,

    /// <summary>Time ran out before the call completed.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for does not exist.</summary>
    NotFound = 5,

    /// <summary>What was to be created is there already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known and may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A quota, memory or another resource is used up.</summary>
    ResourceExhausted = 8,

    /// <summary>The system is in a state that does not admit the call.</summary>
    FailedPrecondition = 9,

    /// <summary>The call was given up, for instance after a conflict.</summary>
    Aborted = 10,

    /// <summary>Past the valid range, such as reading beyond the end.</summary>
    OutOfRange = 11,

    /// <summary>The method is not implemented here.</summary>
    Unimplemented = 12,

    /// <summary>An invariant of the system is broken.</summary>
    Internal = 13,

    /// <summary>The service cannot be reached now; the call may be tried again.</summary>
    Unavailable = 14,

    /// <summary>Data is lost or corrupt beyond repair.</summary>
    DataLoss = 15,

    /// <summary>The caller has shown no valid credentials.</summary>
    Unauthenticated = 16,
}

using System.Runtime.InteropServices;

namespace InferenceBridge.Server.Jobs;

/// <summary>Tells an exhausted device from other failures of libtorch, which have the same type.</summary>
internal static class OutOfMemory
{
    private static readonly string[] Signs = ["out of memory", "can't allocate memory", "alloc_cpu", "bad_alloc", "CUBLAS_STATUS_ALLOC_FAILED"];

    public static bool Is(Exception exception) => exception is OutOfMemoryException
        || (exception is ExternalException && Signs.Any(sign => exception.Message.Contains(sign, StringComparison.OrdinalIgnoreCase)));
}

using System.Runtime.InteropServices;

namespace InferenceBridge.Imaging;

/// <summary>Recognises names that stand for devices, pipes and sockets, which a finished file must never be moved onto.</summary>
public static partial class SpecialFile
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint TypeOnly = 1; // STATX_TYPE
    private const int ModeOffset = 28; // of stx_mode in struct statx, whose layout is the same on every Linux
    private const int TypeMask = 0xF000; // S_IFMT
    private const int Regular = 0x8000; // S_IFREG
    private const int Folder = 0x4000; // S_IFDIR

    /// <summary>Whether something is at <paramref name="path"/> (behind links) that is neither a regular file nor a folder.</summary>
    /// <param name="path">Any path; it need not exist.</param>
    /// <returns>False where nothing is there, and on systems other than Linux.</returns>
    public static bool Exists(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        // Opening the file would tell too, but blocks on a pipe without a peer and may act on a device.
        Span<byte> status = stackalloc byte[256];
        return Statx(CurrentFolder, path, 0, TypeOnly, ref MemoryMarshal.GetReference(status)) == 0
            && (MemoryMarshal.Read<ushort>(status[ModeOffset..]) & TypeMask) is not (Regular or Folder);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte status);
}

using BitMiracle.LibTiff.Classic.Internal;

namespace BitMiracle.LibTiff.Classic;

public partial class Tiff
{
    /// <summary>Reads the next directory of the file.</summary>
    /// <returns>False if there is none or it cannot be read.</returns>
    public bool ReadDirectory() => Succeeded(Native.ReadDirectory(_handle));

    /// <summary>Reads a directory.</summary>
    /// <param name="number">Its index from 0.</param>
    /// <returns>False if there is none or it cannot be read.</returns>
    public bool SetDirectory(short number) => number >= 0 && Succeeded(Native.SetDirectory(_handle, (uint)number));

    /// <summary>Reads the directory at an offset, for example one that a SUBIFD tag gives.</summary>
    /// <param name="offset">Its offset in bytes.</param>
    /// <returns>False if it cannot be read.</returns>
    public bool SetSubDirectory(long offset) => offset >= 0 && Succeeded(Native.SetSubDirectory(_handle, (ulong)offset));

    /// <summary>Begins a new, empty directory.</summary>
    public void CreateDirectory() => Succeeded(Native.CreateDirectory(_handle));

    /// <summary>Writes the current directory and begins a new one.</summary>
    /// <returns>False if it cannot be written.</returns>
    public bool WriteDirectory() => Succeeded(Native.WriteDirectory(_handle));

    /// <summary>Writes the current directory over or after its earlier version.</summary>
    /// <returns>False if it cannot be written.</returns>
    public bool RewriteDirectory() => Succeeded(Native.RewriteDirectory(_handle));

    /// <summary>Writes the current directory and goes on with it.</summary>
    /// <returns>False if it cannot be written.</returns>
    public bool CheckpointDirectory() => Succeeded(Native.CheckpointDirectory(_handle));

    /// <summary>Takes a directory out of the chain.</summary>
    /// <param name="number">Its number from 1.</param>
    /// <returns>False if there is none or the file cannot be changed.</returns>
    public bool UnlinkDirectory(short number) => number > 0 && Succeeded(Native.UnlinkDirectory(_handle, (uint)number));

    /// <summary>Tells whether the current directory is the last.</summary>
    /// <returns>True for the last.</returns>
    public bool LastDirectory() => Succeeded(Native.LastDirectory(_handle));

    /// <summary>Counts the directories.</summary>
    /// <returns>Their number; 32767 if there are more.</returns>
    public short NumberOfDirectories() => ToShort(Native.DirectoryCount(_handle));

    /// <summary>Gets the index of the current directory.</summary>
    /// <returns>The index from 0; 32767 from there on.</returns>
    public short CurrentDirectory() => ToShort(Native.CurrentDirectory(_handle));

    /// <summary>Gets the offset of the current directory.</summary>
    /// <returns>The offset in bytes.</returns>
    public long CurrentDirOffset() => Reported(Native.CurrentOffset(_handle));

    private short ToShort(long value)
    {
        Report();
        return (short)Math.Min(value, short.MaxValue);
    }
}

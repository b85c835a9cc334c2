namespace InferenceBridge.Models;

/// <summary>The exported state of an <see cref="AutofocusJob"/>: "IBAF", version, the operation, then its parts, little-endian.</summary>
internal static class AutofocusState
{
    private const uint Magic = 0x46414249;
    private const int Version = 2;

    public static byte[] Write(AutofocusJob job, string operation)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(operation);
        job.Write(writer);
        writer.Flush();
        return stream.ToArray();
    }

    /// <exception cref="InferenceException"><see cref="InferenceError.AuxiliaryInvalid"/>.</exception>
    public static void Read(ReadOnlyMemory<byte> state, AutofocusJob job, string operation)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
            if (reader.ReadUInt32() != Magic || reader.ReadInt32() != Version || reader.ReadString() != operation)
            {
                throw new InvalidDataException("another beginning");
            }

            job.Read(reader);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or OverflowException or FormatException)
        {
            throw new InferenceException(InferenceError.AuxiliaryInvalid, "state",
                $"The state of {state.Length} bytes is not one of this operation ({e.Message.TrimEnd('.')}); accepted: what {operation} exported, in the same mode.", e);
        }
    }
}

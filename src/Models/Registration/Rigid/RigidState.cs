namespace InferenceBridge.Models;

/// <summary>The exported state of a <see cref="RigidJob"/>: "IBRR", version, then its parts, little-endian.</summary>
internal static class RigidState
{
    private const uint Magic = 0x52524249;
    private const int Version = 1;

    public static byte[] Write(RigidJob job)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        writer.Write(Version);
        job.Write(writer);
        writer.Flush();
        return stream.ToArray();
    }

    /// <exception cref="InferenceException"><see cref="InferenceError.AuxiliaryInvalid"/>.</exception>
    public static void Read(ReadOnlyMemory<byte> state, RigidJob job)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
            if (reader.ReadUInt32() != Magic || reader.ReadInt32() != Version)
            {
                throw new InvalidDataException("another beginning");
            }

            job.Read(reader);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or OverflowException)
        {
            throw new InferenceException(InferenceError.AuxiliaryInvalid, "state",
                $"The state of {state.Length} bytes is not one for these frames ({e.Message.TrimEnd('.')}); accepted: what register/rigid exported, for frames of the same size.", e);
        }
    }
}

namespace InferenceBridge.Models;

/// <summary>The exported state of frame jobs of one kind: four letters, a version, the operation, then the job's parts, little-endian.</summary>
/// <param name="Letters">The first four bytes as a little-endian number.</param>
/// <param name="Version">Version of the parts.</param>
/// <param name="Accepted">What else a state must agree in, for messages: "in the same mode".</param>
internal sealed record FrameJobState(uint Letters, int Version, string Accepted)
{
    /// <summary>Writes a state.</summary>
    /// <param name="operation">Id of the operation.</param>
    /// <param name="parts">Writes the job's parts.</param>
    public byte[] Write(string operation, Action<BinaryWriter> parts)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Letters);
        writer.Write(Version);
        writer.Write(operation);
        parts(writer);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads a state.</summary>
    /// <param name="state">What a client sent.</param>
    /// <param name="operation">Id of the operation.</param>
    /// <param name="parts">Reads the job's parts; it throws <see cref="InvalidDataException"/> where they do not fit.</param>
    /// <exception cref="InferenceException"><see cref="InferenceError.AuxiliaryInvalid"/>.</exception>
    public void Read(ReadOnlyMemory<byte> state, string operation, Action<BinaryReader> parts)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(state.ToArray()));
            if (reader.ReadUInt32() != Letters || reader.ReadInt32() != Version || reader.ReadString() != operation)
            {
                throw new InvalidDataException("another beginning");
            }

            parts(reader);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or OverflowException or FormatException)
        {
            throw new InferenceException(InferenceError.AuxiliaryInvalid, "state",
                $"The state of {state.Length} bytes is not one that goes on here ({e.Message.TrimEnd('.')}); accepted: what {operation} exported, {Accepted}.", e);
        }
    }
}

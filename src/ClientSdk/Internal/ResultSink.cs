using InferenceBridge.Imaging;
using Proto = InferenceBridge.Protocol.V1;

namespace InferenceBridge.Client.Internal;

/// <summary>Checks the chunks of one volume that the server makes, and writes them.</summary>
/// <param name="name">What messages call it.</param>
/// <param name="writer">Where it goes.</param>
internal sealed class ResultSink(string name, IVolumeWriter writer)
{
    private readonly ChunkSequence _sequence = new(writer.Info, name);

    public IVolumeWriter Writer => writer;

    /// <summary>Whole planes that have come.</summary>
    public long PlanesReceived => _sequence.PlanesReceived;

    public void Write(Proto.Chunk chunk)
    {
        var data = chunk.Data.Span;
        var range = _sequence.Accept(chunk.FirstPlane, chunk.PlaneCount, chunk.FirstRow, chunk.RowCount, data, chunk.Crc32C);
        var planeBytes = data.Length / range.PlaneCount;
        for (var i = 0; i < range.PlaneCount; i++)
        {
            writer.WriteRows(range.FirstPlane + i, range.FirstRow, range.RowCount, data.Slice(i * planeBytes, planeBytes));
        }
    }

    /// <summary>Checks that all of it has come.</summary>
    /// <exception cref="InferenceException"><see cref="InferenceError.ProtocolViolation"/>.</exception>
    public void CheckComplete()
    {
        if (!_sequence.IsComplete)
        {
            throw new InferenceException(InferenceError.ProtocolViolation, name,
                $"The server ended the {name} after {PlanesReceived} whole planes; accepted: all {writer.Info.Shape.PlaneCount}.");
        }
    }
}

namespace InferenceBridge.Models;

/// <summary>Looks for the focus: told of frames, says where to move. Does nothing else, and does the same whenever it is told the same.</summary>
/// <param name="options">Bounds and aims.</param>
internal sealed class AutofocusSearch(FocusSearchOptions options)
{
    private int _frames;

    /// <summary>What the caller should know; null for nothing.</summary>
    public string? Warning => _frames < 0 ? "" : null;

    public FocusAdvice Advance(FocusObservation observation) =>
        new(FocusState.Searching, 0, Math.Clamp(observation.Z, options.Minimum, options.Maximum)) { FramesUsed = ++_frames };

    public void Describe(Dictionary<string, string> details) => details["search_frames"] = $"{_frames}";

    public void Write(BinaryWriter writer) => writer.Write(_frames);

    public void Read(BinaryReader reader) => _frames = reader.ReadInt32();
}

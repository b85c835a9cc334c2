namespace InferenceBridge.Models;

/// <summary>A frame of a search.</summary>
/// <param name="Z">Position of the stage in µm.</param>
/// <param name="Score">Higher is sharper.</param>
/// <param name="IsEmpty">Whether it shows nothing to judge by.</param>
/// <param name="Reading">What a network says of it.</param>
/// <param name="Slack">How far the stage may have been from <paramref name="Z"/>, in µm, since its play was not taken up.</param>
internal readonly record struct SearchPoint(double Z, double Score, bool IsEmpty, FocusReading Reading, double Slack)
{
    public void Write(BinaryWriter writer)
    {
        writer.Write(Z);
        writer.Write(Score);
        writer.Write(IsEmpty);
        writer.Write((int)Reading.Kind);
        writer.Write(Reading.Defocus);
        writer.Write(Reading.Deviation);
        writer.Write(Reading.Lean);
        writer.Write(Slack);
    }

    public static SearchPoint Read(BinaryReader reader) => new(
        reader.ReadDouble(), reader.ReadDouble(), reader.ReadBoolean(),
        new FocusReading((FocusReadingKind)reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()), reader.ReadDouble());
}

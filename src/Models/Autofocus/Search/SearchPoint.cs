namespace InferenceBridge.Models;

/// <summary>A frame of a search.</summary>
/// <param name="Z">Position of the stage in µm.</param>
/// <param name="Score">Higher is sharper.</param>
/// <param name="IsEmpty">Whether it shows nothing to judge by.</param>
/// <param name="Reading">What a network says of it.</param>
/// <param name="Slack">How far the stage may have been from <paramref name="Z"/>, in µm, since its play was not taken up.</param>
internal readonly record struct SearchPoint(double Z, double Score, bool IsEmpty, FocusReading Reading, double Slack)
{
    /// <summary>Scores of tiles (<see cref="TileContrast"/>); empty where there are none.</summary>
    public float[] Tiles { get; init; } = [];

    /// <summary>Standard deviation of the score by <see cref="ScoreNoise"/>; NaN where it is not known.</summary>
    public double Noise { get; init; } = double.NaN;

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
        writer.Write(Noise);
        writer.Write(Tiles.Length);
        Array.ForEach(Tiles, writer.Write);
    }

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static SearchPoint Read(BinaryReader reader)
    {
        var point = new SearchPoint(
            reader.ReadDouble(), reader.ReadDouble(), reader.ReadBoolean(),
            new FocusReading((FocusReadingKind)reader.ReadInt32(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble()), reader.ReadDouble()) { Noise = reader.ReadDouble() };
        var count = reader.ReadInt32();
        if (count is < 0 or > TileContrast.Most)
        {
            throw new InvalidDataException($"{count} tiles");
        }

        var tiles = new float[count];
        for (var i = 0; i < count; i++)
        {
            tiles[i] = reader.ReadSingle();
        }

        return point with { Tiles = tiles };
    }
}

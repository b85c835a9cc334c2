using System.Buffers;

namespace InferenceBridge.Imaging;

/// <summary>A specimen of bodies made of capsules; their light adds up.</summary>
internal sealed class CapsuleScene(IReadOnlyList<CapsuleBody> bodies) : IScene
{
    public void Draw(SceneGrid grid, int slice, float[] plane)
    {
        var scratch = ArrayPool<float>.Shared.Rent(plane.Length);
        Array.Clear(scratch);
        foreach (var body in bodies)
        {
            body.Draw(grid, slice, plane, scratch);
        }

        ArrayPool<float>.Shared.Return(scratch);
    }
}

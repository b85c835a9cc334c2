namespace InferenceBridge.Imaging;

/// <summary>A specimen that has been placed in space and can be drawn slice by slice, by several threads at once.</summary>
internal interface IScene
{
    /// <summary>Adds what lies in one slice.</summary>
    /// <param name="grid">The voxels.</param>
    /// <param name="slice">Slice of the grid, margin included.</param>
    /// <param name="plane">Rows × columns of the grid; fluorophores in arbitrary units.</param>
    void Draw(SceneGrid grid, int slice, float[] plane);
}

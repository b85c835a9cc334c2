namespace InferenceBridge.Models;

/// <summary>The smooth field through the displacements of patches that does not believe single ones that lie far off.</summary>
internal static class PatchField
{
    // px by which a patch may differ from its neighbours' field before it counts for less.
    private const double Tolerance = 1.5;
    private const int Rounds = 3;

    // Of the correlation's highest point.
    private const double Error = 0.3;

    /// <param name="measured">By patch, in px.</param>
    /// <param name="clearness">From 0 to 1.</param>
    /// <param name="stiffness">As in <see cref="SmoothField"/>, between patches.</param>
    public static NodeField Through(NodeField measured, double[] clearness, Stiffness stiffness)
    {
        var n = measured.Count;
        var field = measured;
        var trust = (double[])clearness.Clone();
        for (var round = 0; round < Rounds; round++)
        {
            var known = Array.ConvertAll(trust, value => value / (Error * Error));
            var right = new NodeField(measured.Rows, measured.Columns);
            for (var i = 0; i < n; i++)
            {
                (right.Y[i], right.X[i]) = (known[i] * measured.Y[i], known[i] * measured.X[i]);
            }

            field = SmoothField.Solve(new NodeCurvature(known, new double[n], known), right, stiffness, 1e-4);
            for (var i = 0; i < n; i++)
            {
                var (y, x) = (measured.Y[i] - field.Y[i], measured.X[i] - field.X[i]);
                var share = 1 / (1 + (((y * y) + (x * x)) / (Tolerance * Tolerance)));
                trust[i] = clearness[i] * share * share;
            }
        }

        return field;
    }
}

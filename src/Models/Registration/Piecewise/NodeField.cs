namespace InferenceBridge.Models;

/// <summary>Displacements at the nodes of a grid, along y and x, in px.</summary>
/// <param name="rows">Nodes along y.</param>
/// <param name="columns">Nodes along x.</param>
internal sealed class NodeField(int rows, int columns)
{
    public int Rows => rows;

    public int Columns => columns;

    public int Count => rows * columns;

    /// <summary>Along y, row by row.</summary>
    public double[] Y { get; } = new double[rows * columns];

    /// <summary>Along x.</summary>
    public double[] X { get; } = new double[rows * columns];

    /// <summary>The field at the nodes of another grid.</summary>
    /// <param name="alongY">(new row, row).</param>
    /// <param name="alongX">(new column, column).</param>
    public NodeField To(double[,] alongY, double[,] alongX)
    {
        var result = new NodeField(alongY.GetLength(0), alongX.GetLength(0));
        Map(Y, result.Y, alongY, alongX);
        Map(X, result.X, alongY, alongX);
        return result;
    }

    /// <summary>Mean of the squared lengths, in px².</summary>
    public double MeanSquare()
    {
        var sum = 0.0;
        for (var i = 0; i < Count; i++)
        {
            sum += (Y[i] * Y[i]) + (X[i] * X[i]);
        }

        return sum / Count;
    }

    /// <summary>Mean square of the slopes from node to node, of each part along each axis: px per px, squared.</summary>
    /// <param name="spacingY">Distance of nodes above each other, in px.</param>
    /// <param name="spacingX">Distance of nodes beside each other.</param>
    public double MeanSquareSlope(double spacingY, double spacingX)
    {
        var (sum, count) = (0.0, 0);
        foreach (var values in new[] { Y, X })
        {
            for (var i = 0; i < Count; i++)
            {
                if ((i + 1) % columns != 0)
                {
                    sum += Math.Pow((values[i + 1] - values[i]) / spacingX, 2);
                    count++;
                }

                if (i + columns < Count)
                {
                    sum += Math.Pow((values[i + columns] - values[i]) / spacingY, 2);
                    count++;
                }
            }
        }

        return count > 0 ? sum / count : 0;
    }

    private void Map(double[] from, double[] to, double[,] alongY, double[,] alongX)
    {
        var width = alongX.GetLength(0);
        for (var r = 0; r < rows; r++)
        {
            for (var j = 0; j < width; j++)
            {
                var value = 0.0;
                for (var c = 0; c < columns; c++)
                {
                    value += alongX[j, c] * from[(r * columns) + c];
                }

                for (var i = 0; value != 0 && i < alongY.GetLength(0); i++)
                {
                    to[(i * width) + j] += alongY[i, r] * value;
                }
            }
        }
    }
}

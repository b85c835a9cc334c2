using static TorchSharp.torch;

namespace InferenceBridge.TorchSharp.Tests;

public class LinearAlgebraTests
{
    [Fact]
    public void Matmul_AllForms_MatchLoops()
    {
        using var scope = NewDisposeScope();
        var a = Numbers.RandomTensor(1, 3, 4);
        var b = Numbers.RandomTensor(2, 4, 2);
        var expected = new double[6];
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 2; j++)
            {
                for (var k = 0; k < 4; k++)
                {
                    expected[(i * 2) + j] += a.data<double>()[i, k] * b.data<double>()[k, j];
                }
            }
        }

        Numbers.Equal(expected, a.mm(b), 1e-14);
        Numbers.Equal(expected, a.matmul(b), 1e-14);
        Numbers.Equal(expected, einsum("ik,kj->ij", a, b), 1e-14);
        Numbers.Equal(expected, a.unsqueeze(0).bmm(b.unsqueeze(0)), 1e-14);
    }

    [Fact]
    public void Linalg_SolveInverseSvd_FitTogether()
    {
        using var scope = NewDisposeScope();
        var a = tensor(new double[,] { { 2, 1 }, { 1, 3 } });

        Numbers.Equal([1, 2], linalg.solve(a, tensor([4.0, 7.0])), 1e-14);
        Numbers.Equal([0.6, -0.2, -0.2, 0.4], linalg.inv(a), 1e-15);
        Assert.Equal(5, linalg.det(a).ToDouble(), 12);
        var (u, s, vh) = linalg.svd(a);
        Assert.True(u.mul(s).mm(vh).allclose(a));
        Numbers.Equal([(5 - Math.Sqrt(5)) / 2, (5 + Math.Sqrt(5)) / 2], linalg.eigh(a).Item1, 1e-14);
    }
}

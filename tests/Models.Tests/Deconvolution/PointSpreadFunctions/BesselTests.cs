namespace InferenceBridge.Models.Tests;

public class BesselTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 0.938469807240813)]
    [InlineData(5, -0.1775967713143383)]
    [InlineData(11.99, 0.045451560352858814)]
    [InlineData(12.01, 0.04992043031982556)]
    [InlineData(20, 0.16702466434058322)]
    [InlineData(50, 0.055812327669252086)]
    [InlineData(-500, -0.03410055688073173)]
    public void J0_OfTabulatedArguments_MatchesScipy(double x, double expected) => Assert.Equal(expected, Bessel.J0(x), 1e-10);

    [Fact]
    public void From0To_OfAnEvenNumberOfNodes_IntegratesPolynomialsExactly()
    {
        var (nodes, weights) = GaussLegendre.From0To(2, 6);

        Assert.Equal(Math.Pow(2, 12) / 12, nodes.Zip(weights, (x, w) => w * Math.Pow(x, 11)).Sum(), 1e-9);
        Assert.Equal(nodes.Order(), nodes);
    }

    [Fact]
    public void From0To_OfOneNode_IsTheMidpointRule()
    {
        var (nodes, weights) = GaussLegendre.From0To(3, 1);

        Assert.Equal(1.5, nodes[0], 1e-14);
        Assert.Equal(3, weights[0], 1e-14);
    }
}

using InferenceBridge.Server.Monitoring;

namespace InferenceBridge.Server.Tests.Monitoring;

public sealed class JobSnapshotTests
{
    [Fact]
    public void Left_AfterAThirdOfThePlanes_IsTwiceTheTimeSoFar()
    {
        var job = new JobSnapshot("a", "b") { PlanesComputed = 4, PlanesTotal = 12, Computing = TimeSpan.FromSeconds(10) };
        Assert.Equal(TimeSpan.FromSeconds(20), job.Left);
    }

    [Fact]
    public void Left_BeforeTheFirstPlane_IsUnknown() =>
        Assert.Null(new JobSnapshot("a", "b") { PlanesTotal = 12, Computing = TimeSpan.FromSeconds(10) }.Left);
}

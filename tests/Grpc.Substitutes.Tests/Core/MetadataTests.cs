using Grpc.Core;

namespace InferenceBridge.Grpc.Substitutes.Tests.Core;

public class MetadataTests
{
    [Fact]
    public void Get_RepeatedKey_ReturnsTheLast()
    {
        var metadata = new Metadata { { "a", "1" }, { "b", "2" }, { "a", "3" } };

        Assert.Equal("3", metadata.GetValue("a"));
        Assert.Equal(["1", "3"], metadata.GetAll("a").Select(entry => entry.Value));
    }

    [Fact]
    public void Get_AbsentKey_ReturnsNull()
    {
        var metadata = new Metadata();

        Assert.Null(metadata.Get("a"));
        Assert.Null(metadata.GetValue("a"));
        Assert.Null(metadata.GetValueBytes("a-bin"));
        Assert.Empty(metadata.GetAll("a"));
    }

    [Fact]
    public void Add_MixedCaseKey_IsStoredInLowerCase()
    {
        var metadata = new Metadata { { "X-Request-ID", "7" } };

        Assert.Equal("x-request-id", metadata[0].Key);
        Assert.Equal("7", metadata.GetValue("x-request-id"));
    }

    [Fact]
    public void List_InsertSetRemove_KeepsOrder()
    {
        var first = new Metadata.Entry("a", "1");
        var second = new Metadata.Entry("b", "2");
        var third = new Metadata.Entry("c", "3");
        var metadata = new Metadata { second };

        metadata.Insert(0, first);
        metadata[1] = third;
        metadata.Add(second);

        Assert.Equal([first, third, second], metadata);
        Assert.Equal(1, metadata.IndexOf(third));
        Assert.True(metadata.Remove(first));
        metadata.RemoveAt(0);
        Assert.Equal([second], metadata);
        Assert.Contains(second, metadata);
        metadata.Clear();
        Assert.Empty(metadata);
    }

    [Fact]
    public void Empty_Written_Throws()
    {
        Assert.True(Metadata.Empty.IsReadOnly);
        Assert.False(new Metadata().IsReadOnly);
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("a", "1"));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Insert(0, new Metadata.Entry("a", "1")));
        Assert.Throws<InvalidOperationException>(Metadata.Empty.Clear);
        Assert.Empty(Metadata.Empty);
    }

    [Fact]
    public void Add_Null_Throws() =>
        Assert.Throws<ArgumentNullException>(() => new Metadata().Add(null!));
}

namespace InferenceBridge.Imaging.Tests.Tiff;

public sealed class ProvenanceTextTests
{
    [Fact]
    public void Append_Entry_IsAParagraphThatPeopleRead()
    {
        const string Expected = """
            Scanner = A1

            Processed by InferenceBridge
            Operation = denoise/nlm
            Operation version = 1.2
            Parameter h = 0.5
            Parameter mode = 3d
            Weights SHA-256 = abc123
            Device = cuda:0
            Server version = 0.1.0
            Source = cell 1.tif
            Date = 2026-03-04T05:06:07Z

            """;
        Assert.Equal(Expected.ReplaceLineEndings("\n"), ProvenanceText.Append("Scanner = A1", [MetadataSamples.Entry]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("one line")]
    [InlineData("two\n\nparagraphs\n")]
    public void Split_WhatAppendWrote_GivesBothBack(string info)
    {
        var (text, entries) = ProvenanceText.Split(ProvenanceText.Append(info, [MetadataSamples.Entry, MetadataSamples.Entry]));
        Assert.Equal(info.TrimEnd('\n'), text.TrimEnd('\n'));
        Assert.Equal(2, entries.Count);
        Assert.All(entries, entry => Assert.Equal(ProvenanceText.Pairs(MetadataSamples.Entry), ProvenanceText.Pairs(entry)));
    }

    [Fact]
    public void Split_EntryThatSomebodyChanged_StaysInTheInfo()
    {
        const string Changed = "Processed by InferenceBridge\nOperation = x\nDate = yesterday";
        Assert.Equal((Changed, 0), (ProvenanceText.Split(Changed).Info, ProvenanceText.Split(Changed).Entries.Count));
    }

    [Fact]
    public void Append_ValueOfSeveralLines_StaysOneLine()
    {
        var entry = MetadataSamples.Entry with { Source = "a\nDate = never.tif" };
        var (_, entries) = ProvenanceText.Split(ProvenanceText.Append("", [entry]));
        Assert.Equal("a Date = never.tif", Assert.Single(entries).Source);
    }
}

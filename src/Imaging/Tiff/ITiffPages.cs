namespace InferenceBridge.Imaging;

/// <summary>A file that pages are appended to, in the order in which they are to lie in it.</summary>
internal interface ITiffPages : IDisposable
{
    /// <summary>Appends whole rows; a page ends by itself with its last row, and no call goes beyond it.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    void Append(ReadOnlySpan<byte> rows);

    /// <summary>Ends the file, when all pages have been appended, and gives the first page the tags.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    void Finish(IReadOnlyList<NewTag> tags);
}

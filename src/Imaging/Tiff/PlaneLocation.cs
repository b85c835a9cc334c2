namespace InferenceBridge.Imaging;

/// <summary>Where a plane of a volume is.</summary>
/// <param name="File">File of the set; 0 is the one that was opened.</param>
/// <param name="Page">Directory of that file, or number of the image in a stack that follows one directory.</param>
/// <param name="Channel">Channel within the page, 0 where a page has one.</param>
internal readonly record struct PlaneLocation(int File, int Page, int Channel);

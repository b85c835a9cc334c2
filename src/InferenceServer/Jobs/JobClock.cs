namespace InferenceBridge.Server.Jobs;

/// <summary>Time that a job spends in its stages. Each stage adds from one thread at a time.</summary>
internal sealed class JobClock(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private long _upload;
    private long _compute;
    private long _download;

    public double UploadSeconds => Seconds(ref _upload);

    public double ComputeSeconds => Seconds(ref _compute);

    public double DownloadSeconds => Seconds(ref _download);

    public double TotalSeconds => time.GetElapsedTime(_start).TotalSeconds;

    public long Now => time.GetTimestamp();

    public void AddUpload(long since) => Interlocked.Add(ref _upload, Now - since);

    /// <returns>Seconds that were added.</returns>
    public double AddCompute(long since)
    {
        var ticks = Now - since;
        Interlocked.Add(ref _compute, ticks);
        return time.GetElapsedTime(0, ticks).TotalSeconds;
    }

    public void AddDownload(long since) => Interlocked.Add(ref _download, Now - since);

    private double Seconds(ref long ticks) => time.GetElapsedTime(0, Interlocked.Read(ref ticks)).TotalSeconds;
}

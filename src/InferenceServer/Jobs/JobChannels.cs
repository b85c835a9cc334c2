namespace InferenceBridge.Server.Jobs;

/// <summary>A job's ways to and from its client.</summary>
internal sealed record JobChannels(UploadReader Reader, ResultWriter Writer, ProgressReporter Progress, JobState State);

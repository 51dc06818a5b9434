namespace YtOptimizer.Core.Jobs;

/// <summary>What a job is called until its video's title is known.</summary>
public static class JobTitles
{
    /// <param name="kind">video, upload or transcript.</param>
    /// <param name="subject">Video id or file name.</param>
    public static string Of(string kind, string? subject) =>
        kind switch
        {
            "video" => subject is null ? "YouTube video" : $"YouTube video {subject}",
            "upload" => subject ?? "Uploaded file",
            _ => "Transcript",
        };
}

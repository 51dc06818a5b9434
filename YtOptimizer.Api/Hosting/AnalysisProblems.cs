using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Core;

namespace YtOptimizer.Api.Hosting;

/// <summary>What an analysis that could not be completed means over HTTP, for the endpoints that run one while the caller waits.</summary>
internal static class AnalysisProblems
{
    private static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(30);

    public static ProblemHttpResult From(AnalysisException failure) =>
        failure.Code switch
        {
            "video_not_found" or "upload_missing" => Problems.NotFound(failure.Code, failure.Message),
            "metadata_unavailable" when !failure.IsTransient => Problems.NotFound(failure.Code, failure.Message),
            "transcript_too_short" or "video_id_missing" or "transcription_refused" or "analysis_timeout" => Problems.BadRequest(
                failure.Code,
                failure.Message
            ),
            "transcription_file_too_large" => Problems.Create(413, failure.Code, failure.Message),
            _ => Problems.Unavailable(failure.Code, failure.Message, failure.RetryAfter ?? DefaultWait),
        };
}

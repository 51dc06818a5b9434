using YtOptimizer.Core.Storage;
using YtOptimizer.Core.Upstreams.OpenAi;
using YtOptimizer.Core.Usage;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>Turns an uploaded file of a request into its transcript.</summary>
public sealed class SpeechSource(FileStore files, Transcriber transcriber)
{
    /// <summary>The shortest speech worth analysing, in characters.</summary>
    public const int ShortestTranscript = 50;

    public async Task<AnalysisRequest> TranscribedAsync(
        AnalysisRequest request,
        LedgerRun run,
        Action<int, string> report,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(report);
        if (request.UploadKey is not { } key || !string.IsNullOrWhiteSpace(request.Transcript))
        {
            return request;
        }

        report(30, "preparing");
        if (!await files.ExistsAsync(key, ct))
        {
            throw new AnalysisException("upload_missing", "The uploaded file is no longer stored. Upload it again.");
        }

        report(35, "transcribing");
        var transcript = await transcriber.TranscribeAsync(key, run, ct);
        return transcript.Length >= ShortestTranscript
            ? request with
            {
                Transcript = transcript,
            }
            : throw new AnalysisException(
                "transcript_too_short",
                "Hardly any speech was recognised in the file. Send a transcript or the video's title and description instead."
            );
    }
}

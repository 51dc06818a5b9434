using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Storage;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Api.Features.Analysis;

/// <summary>Queues the analysis of an uploaded file: multipart with the file part <c>video</c> and an optional JSON part
/// <c>configuration</c>.</summary>
internal static class SubmitUpload
{
    /// <summary>What the server reads at most; the store's own limit is the one that clients meet first.</summary>
    public const long LargestBody = 1024L * 1024 * 1024;

    private const int LargestConfiguration = 64 * 1024;

    [Refuses(400, "duplicate_part", "invalid_configuration", "unknown_part")]
    [Refuses(415, "unsupported_media")]
    [Refuses(400, "file_missing", "invalid_multipart")]
    [Refuses(413, "file_too_large")]
    [Refuses(415, "multipart_expected")]
    [RefusesToEnqueue]
    [Refuses(400, "invalid_idempotency_key")]
    [Refuses(422, "idempotency_key_reused")]
    public static async Task<IResult> Handle(
        HttpContext context,
        CurrentUser user,
        Submission submission,
        FileStore files,
        CancellationToken ct
    )
    {
        // One megabyte for the multipart wrapping and the other part.
        if (context.Request.ContentLength > files.MaxUploadBytes + (1024 * 1024))
        {
            return TooLarge(files);
        }

        if (
            !MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary
        )
        {
            return Problems.Create(415, "multipart_expected", "Send multipart/form-data with a file part named video.");
        }

        var jobId = Guid.CreateVersion7();
        var upload = new UploadReader(files);
        var kept = false;
        try
        {
            if (
                await upload.ReadAsync(
                    new MultipartReader(boundary, context.Request.Body),
                    files.MaxUploadBytes,
                    LargestConfiguration,
                    ct
                ) is
                { } refused
            )
            {
                return refused;
            }

            if (upload.File is not { } file)
            {
                return Problems.BadRequest("file_missing", "Send the file as a part named video.");
            }

            var errors = SubmissionRules.Check(upload.Configuration);
            if (errors.Count > 0)
            {
                return Problems.BadRequest("validation_failed", errors.First().Value[0], errors);
            }

            var request = new AnalysisRequest
            {
                Kind = AnalysisKinds.Upload,
                UploadKey = file.Key,
                UploadName = file.Name,
                UploadContentType = file.Type.ContentType,
                Language = upload.Configuration?.Language,
                Tone = upload.Configuration?.Tone,
            };
            // The same file with the same wishes is the same request, whatever key it got in the store.
            var fingerprint = JsonSerializer.Serialize(request with { UploadKey = Convert.ToHexString(file.Digest) }, AnalysisJson.Options);
            (var result, kept) = await submission.SubmitAsync(context, user, jobId, request, fingerprint, ct);
            return result;
        }
        catch (FileTooLargeException)
        {
            return TooLarge(files);
        }
        catch (InvalidDataException)
        {
            return Problems.BadRequest("invalid_multipart", "The multipart body is broken. Send it again.");
        }
        finally
        {
            if (!kept && upload.File is { Key: var unused })
            {
                await files.DeleteAsync(unused);
            }
        }
    }

    private static ProblemHttpResult TooLarge(FileStore files) =>
        Problems.Create(
            413,
            "file_too_large",
            $"The file is larger than {files.MaxUploadBytes / (1024 * 1024)} MB. Send a smaller one, or its transcript."
        );
}

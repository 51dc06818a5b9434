using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core;
using YtOptimizer.Core.Storage;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Api.Features.Ai;

/// <summary>Analyses what is spoken in a file: part <c>file</c>, optional parts <c>originalTitle</c>, <c>language</c>, <c>tone</c>. The
/// file is deleted afterwards.</summary>
internal static class AnalyzeFile
{
    public sealed record FileInfo(string OriginalName, long Size, string MimeType);

    public sealed record Response(
        bool Success,
        FileInfo FileInfo,
        AnalysisView Analysis,
        int TranscriptLength,
        AnalysisResult Result,
        AnalysisOrigin Origin
    );

    [Refuses(400, "file_missing", "unknown_part")]
    [Refuses(400, "invalid_multipart")]
    [Refuses(413, "file_too_large")]
    [Refuses(415, "multipart_expected")]
    [RefusesToAnalyse]
    public static async Task<IResult> Handle(
        HttpContext context,
        CurrentUser user,
        DirectAnalysis analysis,
        FileStore files,
        CancellationToken ct
    )
    {
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
            return Problems.Create(415, "multipart_expected", "Send multipart/form-data with a file part named file.");
        }

        var form = new FileForm(files);
        try
        {
            if (await form.ReadAsync(new MultipartReader(boundary, context.Request.Body), ct) is { } refused)
            {
                return refused;
            }

            var outcome = await analysis.RunAsync(
                new AnalysisRequest
                {
                    Kind = AnalysisKinds.Upload,
                    UploadKey = form.File!.Key,
                    UploadName = form.File.Name,
                    UploadContentType = form.File.Type.ContentType,
                    Metadata = new SubmittedMetadata { Title = form.Fields.GetValueOrDefault("originalTitle") },
                    Language = Query(context, "languageOverride") ?? form.Fields.GetValueOrDefault("language"),
                    Tone = Query(context, "toneOverride") ?? form.Fields.GetValueOrDefault("tone"),
                },
                user,
                context,
                ct
            );
            return TypedResults.Ok(
                new Response(
                    true,
                    new FileInfo(form.File.Name, form.File.Size, form.File.Type.ContentType),
                    AnalysisView.Of(outcome),
                    outcome.Input.Transcript?.Text.Length ?? 0,
                    outcome.Result,
                    AnalysisOrigin.Of(outcome)
                )
            );
        }
        catch (AnalysisException failure)
        {
            return AnalysisProblems.From(failure);
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
            if (form.File is { Key: var key })
            {
                await files.DeleteAsync(key);
            }
        }
    }

    private static string? Query(HttpContext context, string name) =>
        context.Request.Query[name].ToString() is { Length: > 0 and <= 100 } value ? value : null;

    private static IResult TooLarge(FileStore files) =>
        Problems.Create(
            413,
            "file_too_large",
            $"The file is larger than {files.MaxUploadBytes / (1024 * 1024)} MB. Send a smaller one, or its transcript."
        );
}

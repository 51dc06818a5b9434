using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Api.Hosting.Uploads;
using YtOptimizer.Core.Storage;

namespace YtOptimizer.Api.Features.Analysis;

/// <summary>Reads the parts of an upload as they arrive; the file goes to the store without being held in memory.</summary>
internal sealed class UploadReader(FileStore files)
{
    public UploadedFile? File { get; private set; }

    public SubmissionConfiguration? Configuration { get; private set; }

    /// <summary>Returns the refusal, or null when everything was read.</summary>
    public async Task<IResult?> ReadAsync(MultipartReader parts, long largestFile, int largestConfiguration, CancellationToken ct)
    {
        while (await parts.ReadNextSectionAsync(ct) is { } part)
        {
            if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition))
            {
                return Problems.BadRequest(
                    "invalid_multipart",
                    "A part has no Content-Disposition. Send multipart/form-data as browsers do."
                );
            }

            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value;
            var refused = name switch
            {
                "video" when File is null => await ReadFileAsync(part, disposition, largestFile, ct),
                "configuration" when Configuration is null => await ReadConfigurationAsync(part, largestConfiguration, ct),
                "video" or "configuration" => Problems.BadRequest("duplicate_part", $"The part {name} may occur once."),
                _ => Problems.BadRequest("unknown_part", "Only the parts video and configuration are known."),
            };
            if (refused is not null)
            {
                return refused;
            }
        }

        return null;
    }

    private async Task<IResult?> ReadFileAsync(
        MultipartSection part,
        ContentDispositionHeaderValue disposition,
        long largest,
        CancellationToken ct
    )
    {
        if (await UploadedFile.StoreAsync(files, part, disposition, largest, "video", ct) is not { } file)
        {
            return Problems.Create(
                415,
                "unsupported_media",
                "The file is not a video or audio file that is supported: mp4, mov, webm, mkv, avi, mpeg, mp3, wav, ogg or flac. "
                    + "The text of subtitles goes to /api/v1/analyze/transcript."
            );
        }

        File = file;
        return null;
    }

    private async Task<IResult?> ReadConfigurationAsync(MultipartSection part, int largest, CancellationToken ct)
    {
        var buffer = new byte[largest + 1];
        var read = await part.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        try
        {
            Configuration =
                read > largest
                    ? null
                    : JsonSerializer.Deserialize<SubmissionConfiguration>(buffer.AsSpan(0, read), JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            Configuration = null;
        }

        return Configuration is null
            ? Problems.BadRequest(
                "invalid_configuration",
                "The part configuration must be a JSON object with language, tone and nothing unknown."
            )
            : null;
    }
}

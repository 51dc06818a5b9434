using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Storage;

namespace YtOptimizer.Api.Features.Analysis;

/// <summary>Reads the parts of an upload as they arrive; the file goes to the store without being held in memory.</summary>
internal sealed class UploadReader(FileStore files)
{
    /// <summary>Key in the store.</summary>
    public string? Key { get; private set; }

    /// <summary>SHA-256 of the file.</summary>
    public byte[] Digest { get; private set; } = [];

    public string? Name { get; private set; }

    /// <summary>What the content is, whatever the client called it.</summary>
    public string? ContentType { get; private set; }

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
                "video" when Key is null => await ReadFileAsync(part, disposition, largestFile, ct),
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
        var head = new byte[MediaTypes.ProbeBytes];
        var read = await part.Body.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        if (MediaTypes.Detect(head.AsSpan(0, read)) is not { } kind)
        {
            return Problems.Create(
                415,
                "unsupported_media",
                "The file is not a video or audio file that is supported: mp4, mov, webm, mkv, avi, mpeg, mp3, wav, ogg or flac."
            );
        }

        ContentType = kind.ContentType;
        Name = SafeName(disposition.FileNameStar.Value ?? HeaderUtilities.RemoveQuotes(disposition.FileName).Value);
        await using var whole = new HeadedStream(head.AsMemory(0, read), part.Body);
        Key = await files.SaveAsync(whole, FileStore.Uploads, kind.Extension, largest, ct);
        Digest = whole.Digest();
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

    // For people and for the transcription call; never a path.
    private static string SafeName(string? sent)
    {
        var name = new string([.. (sent ?? "").Split('/', '\\')[^1].Where(character => !char.IsControl(character)).Take(200)]).Trim();
        return name.Length > 0 ? name : "video";
    }
}

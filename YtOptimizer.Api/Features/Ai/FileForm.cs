using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Api.Hosting.Uploads;
using YtOptimizer.Core.Storage;

namespace YtOptimizer.Api.Features.Ai;

/// <summary>A multipart form read as it arrives: the file goes to the store, never as a whole into memory; what it is, its bytes
/// decide.</summary>
internal sealed class FileForm(FileStore files)
{
    private const int LongestField = 1000;
    private static readonly string[] KnownFields = ["originalTitle", "language", "tone"];

    public UploadedFile? File { get; private set; }

    public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>Returns the refusal, or null when a file was stored.</summary>
    public async Task<IResult?> ReadAsync(MultipartReader parts, CancellationToken ct)
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

            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
            if (name == "file" && File is null)
            {
                File = await UploadedFile.StoreAsync(files, part, disposition, files.MaxUploadBytes, "file", ct);
                if (File is null)
                {
                    return Problems.Create(
                        415,
                        "unsupported_media",
                        "The file is not a supported audio or video file: mp3, m4a, wav, ogg, flac, mp4, mov, webm, mkv, avi or mpeg."
                    );
                }
            }
            else if (!KnownFields.Contains(name, StringComparer.Ordinal) || !Fields.TryAdd(name, await TextAsync(part, ct)))
            {
                return Problems.BadRequest("unknown_part", "Send one part named file, and originalTitle, language and tone at most once.");
            }
        }

        return File is null ? Problems.BadRequest("file_missing", "Send the file as a part named file.") : null;
    }

    private static async Task<string> TextAsync(MultipartSection part, CancellationToken ct)
    {
        var buffer = new byte[LongestField + 1];
        var read = await part.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return read <= LongestField
            ? Encoding.UTF8.GetString(buffer, 0, read).Replace("\0", "", StringComparison.Ordinal)
            : throw new InvalidDataException("A field is too long.");
    }
}

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Channels;

/// <summary>The bytes of an upload, sent as they are or as the part <c>file</c> of a form; never more than allowed.</summary>
internal static class ChannelUpload
{
    private const string Form = "multipart/form-data";

    /// <summary>Besides text/csv: what browsers and programs call such files.</summary>
    public static readonly string[] MediaTypes =
    [
        "text/plain",
        "text/tab-separated-values",
        "application/zip",
        "application/x-zip-compressed",
        "application/octet-stream",
        "application/vnd.ms-excel",
        Form,
    ];

    public static async Task<(byte[]? Bytes, ProblemHttpResult? Refused)> ReadAsync(HttpRequest request, int most, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return (null, Unsupported());
        }

        var media = type.MediaType.Value ?? "";
        if (!media.Equals(Form, StringComparison.OrdinalIgnoreCase))
        {
            // What it is, its bytes decide.
            return await BoundedAsync(request.Body, most, ct);
        }

        if (HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
        {
            return (null, Unsupported());
        }

        try
        {
            var parts = new MultipartReader(boundary, request.Body);
            while (await parts.ReadNextSectionAsync(ct) is { } part)
            {
                if (
                    ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition)
                    && HeaderUtilities.RemoveQuotes(disposition.Name) == "file"
                )
                {
                    return await BoundedAsync(part.Body, most, ct);
                }
            }
        }
        catch (InvalidDataException)
        {
            return (null, Problems.BadRequest("invalid_multipart", "The multipart body is broken. Send it again, as browsers do."));
        }

        return (null, Problems.BadRequest("file_missing", "Send the file as a part named file."));
    }

    private static async Task<(byte[]? Bytes, ProblemHttpResult? Refused)> BoundedAsync(Stream body, int most, CancellationToken ct)
    {
        using var content = new MemoryStream();
        var buffer = new byte[81_920];
        while (await body.ReadAsync(buffer, ct) is > 0 and var read)
        {
            if (content.Length + read > most)
            {
                return (
                    null,
                    Problems.Create(413, "file_too_large", $"The file is larger than {most / (1024 * 1024)} MB. Export a shorter time.")
                );
            }

            content.Write(buffer, 0, read);
        }

        return content.Length > 0
            ? (content.ToArray(), null)
            : (null, Problems.BadRequest("file_missing", "The body is empty. Send the CSV file, or the ZIP archive it came in."));
    }

    private static ProblemHttpResult Unsupported() =>
        Problems.Create(
            415,
            "csv_expected",
            "Send the file as text/csv or application/zip, or as multipart/form-data with a part named file."
        );
}

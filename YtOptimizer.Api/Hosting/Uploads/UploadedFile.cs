using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using YtOptimizer.Core.Storage;

namespace YtOptimizer.Api.Hosting.Uploads;

/// <summary>A media file of a multipart request, stored as it arrived: never as a whole in memory; what it is, its bytes decide.</summary>
/// <param name="Key">Key in the store.</param>
/// <param name="Name">For people and for the transcription call; never a path.</param>
/// <param name="Type">What the content is, whatever the client called it.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Digest">SHA-256 of the file.</param>
internal sealed record UploadedFile(string Key, string Name, MediaType Type, long Size, byte[] Digest)
{
    /// <summary>Null, and nothing stored, when the content is no media file that is supported.</summary>
    public static async Task<UploadedFile?> StoreAsync(
        FileStore files,
        MultipartSection part,
        ContentDispositionHeaderValue disposition,
        long largest,
        string nameless,
        CancellationToken ct
    )
    {
        var head = new byte[MediaTypes.ProbeBytes];
        var read = await part.Body.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        if (MediaTypes.Detect(head.AsSpan(0, read)) is not { } type)
        {
            return null;
        }

        await using var whole = new PrefixedStream(head.AsMemory(0, read), part.Body);
        var key = await files.SaveAsync(whole, FileStore.Uploads, type.Extension, largest, ct);
        return new UploadedFile(key, SafeName(disposition, nameless), type, whole.BytesRead, whole.Digest());
    }

    private static string SafeName(ContentDispositionHeaderValue disposition, string nameless)
    {
        var sent = disposition.FileNameStar.Value ?? HeaderUtilities.RemoveQuotes(disposition.FileName).Value ?? "";
        var name = new string([.. sent.Split('/', '\\')[^1].Where(character => !char.IsControl(character)).Take(200)]).Trim();
        return name.Length > 0 ? name : nameless;
    }
}

using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Storage;

namespace YtOptimizer.Api.Features.Ai;

/// <summary>A multipart form read as it arrives: the file goes to the store, never as a whole into memory; what it is, its bytes
/// decide.</summary>
internal sealed class FileForm(FileStore files)
{
    private const int LongestField = 1000;
    private static readonly string[] KnownFields = ["originalTitle", "language", "tone"];

    public string? Key { get; private set; }

    public string Name { get; private set; } = "file";

    public long Size { get; private set; }

    public MediaType? Type { get; private set; }

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
            if (name == "file" && Key is null)
            {
                if (!await StoreAsync(part, disposition, ct))
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

        return Key is null ? Problems.BadRequest("file_missing", "Send the file as a part named file.") : null;
    }

    private static async Task<string> TextAsync(MultipartSection part, CancellationToken ct)
    {
        var buffer = new byte[LongestField + 1];
        var read = await part.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return read <= LongestField
            ? Encoding.UTF8.GetString(buffer, 0, read).Replace("\0", "", StringComparison.Ordinal)
            : throw new InvalidDataException("A field is too long.");
    }

    private async Task<bool> StoreAsync(MultipartSection part, ContentDispositionHeaderValue disposition, CancellationToken ct)
    {
        var head = new byte[MediaTypes.ProbeBytes];
        var read = await part.Body.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        Type = MediaTypes.Detect(head.AsSpan(0, read));
        if (Type is null)
        {
            return false;
        }

        var sent = (disposition.FileNameStar.Value ?? HeaderUtilities.RemoveQuotes(disposition.FileName).Value ?? "").Split('/', '\\')[^1];
        Name = new string([.. sent.Where(character => !char.IsControl(character)).Take(200)]) is { Length: > 0 } name ? name : "file";
        await using var whole = new PrefixedStream(head.AsMemory(0, read), part.Body);
        Key = await files.SaveAsync(whole, FileStore.Uploads, Type.Extension, files.MaxUploadBytes, ct);
        Size = whole.BytesRead;
        return true;
    }

    /// <summary>The bytes that were looked at, then the rest.</summary>
    private sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> left = prefix;

        public long BytesRead { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => BytesRead;
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read;
            if (left.Length > 0)
            {
                read = Math.Min(left.Length, buffer.Length);
                left[..read].CopyTo(buffer);
                left = left[read..];
            }
            else
            {
                read = await rest.ReadAsync(buffer, cancellationToken);
            }

            BytesRead += read;
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

using YtOptimizer.Analysis.Transcripts;

namespace YtOptimizer.OfflineTool;

/// <summary>A text from a file or from standard input ("-"), in whatever encoding it was saved.</summary>
internal static class TextFile
{
    public const string Piped = "-";
    public const int LargestMegabytes = 10;

    private const int Largest = LargestMegabytes * 1024 * 1024;

    /// <exception cref="InputException">It is absent, empty, too large, or no text.</exception>
    public static async Task<string> ReadAsync(string path, StandardInput input, CancellationToken ct)
    {
        var name = path == Piped ? "Standard input" : path;
        var bytes = await BytesAsync(path, name, input, ct);
        var text = TranscriptEncoding.Decode(bytes).TrimStart('\uFEFF');
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new InputException($"{name} is empty.");
        }

        return IsText(text)
            ? text
            : throw new InputException(
                $"{name} is not text. Give a subtitle file (.srt, .vtt, .sbv …), plain text or JSON; of a video, give its transcript."
            );
    }

    private static async Task<byte[]> BytesAsync(string path, string name, StandardInput input, CancellationToken ct)
    {
        if (path != Piped && !File.Exists(path))
        {
            throw new InputException(Directory.Exists(path) ? $"{path} is a folder, not a file." : $"{path} does not exist.");
        }

        try
        {
            await using var stream = path == Piped ? input.Open() : File.OpenRead(path);
            using var read = new MemoryStream();
            var buffer = new byte[81920];
            for (int count; (count = await stream.ReadAsync(buffer, ct)) > 0; )
            {
                read.Write(buffer, 0, count);
                if (read.Length > Largest)
                {
                    throw new InputException($"{name} is larger than {LargestMegabytes} MB, too large for the text of one video.");
                }
            }

            return read.ToArray();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{name} cannot be read: {failure.Message}");
        }
    }

    // Pictures, archives and videos decode to something, too, with many characters that no text has.
    private static bool IsText(string text)
    {
        var odd = text.Count(character =>
            character is '\0' or '\uFFFD' || (char.IsControl(character) && character is not ('\t' or '\n' or '\r' or '\f' or '\u001b'))
        );
        return odd * 100 <= text.Length;
    }
}

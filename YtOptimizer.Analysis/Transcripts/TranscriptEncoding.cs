using System.Text;
using UtfUnknown;

namespace YtOptimizer.Analysis.Transcripts;

/// <summary>Text of a subtitle file in whatever encoding it was saved: byte order mark, strict UTF-8, then what a detector finds.</summary>
public static class TranscriptEncoding
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (Escaped(bytes) is { } escaped)
        {
            return escaped;
        }

        using var reader = new StreamReader(new MemoryStream(bytes), Strict, detectEncodingFromByteOrderMarks: true);
        try
        {
            var text = reader.ReadToEnd();
            // UTF-16 without a mark is valid UTF-8 with a NUL beside every ASCII character.
            if (!text.Contains('\0', StringComparison.Ordinal))
            {
                return text;
            }
        }
        catch (DecoderFallbackException)
        {
            // Not UTF-8: the detector decides.
        }

        return WideWithoutMark(bytes)
            ?? (
                CharsetDetector.DetectFromBytes(bytes).Detected is { EncodingName: { } name, Confidence: > 0.3f } ? Find(name) : null
            )?.GetString(bytes)
            ?? Find("windows-1252")!.GetString(bytes);
    }

    // ISO 2022 is ASCII to the eye: escape sequences switch to Japanese or Korean.
    private static string? Escaped(ReadOnlySpan<byte> bytes) =>
        bytes.IndexOf("\e$)C"u8) >= 0 ? Find("iso-2022-kr")?.GetString(bytes)
        : bytes.IndexOf("\e$B"u8) >= 0 || bytes.IndexOf("\e$@"u8) >= 0 ? Find("iso-2022-jp")?.GetString(bytes)
        : null;

    private static string? WideWithoutMark(byte[] bytes)
    {
        var even = 0;
        var odd = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            even += bytes[i] == 0 && i % 2 == 0 ? 1 : 0;
            odd += bytes[i] == 0 && i % 2 == 1 ? 1 : 0;
        }

        return odd * 5 > bytes.Length && even * 20 < bytes.Length ? Encoding.Unicode.GetString(bytes)
            : even * 5 > bytes.Length && odd * 20 < bytes.Length ? Encoding.BigEndianUnicode.GetString(bytes)
            : null;
    }

    private static Encoding? Find(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

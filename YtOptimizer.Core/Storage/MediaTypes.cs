namespace YtOptimizer.Core.Storage;

/// <param name="ContentType">IANA media type.</param>
/// <param name="Extension">Usual file extension, as the audio endpoint expects it.</param>
public sealed record MediaType(string ContentType, string Extension);

/// <summary>Recognises audio and video by their first bytes: names and declared types are the client's word, not a fact.</summary>
public static class MediaTypes
{
    /// <summary>How many leading bytes <see cref="Detect"/> wants to see.</summary>
    public const int ProbeBytes = 64;

    public static readonly MediaType Mp4 = new("video/mp4", "mp4");
    public static readonly MediaType M4a = new("audio/mp4", "m4a");
    public static readonly MediaType QuickTime = new("video/quicktime", "mov");
    public static readonly MediaType WebM = new("video/webm", "webm");
    public static readonly MediaType Matroska = new("video/x-matroska", "mkv");
    public static readonly MediaType Avi = new("video/x-msvideo", "avi");
    public static readonly MediaType Wav = new("audio/wav", "wav");
    public static readonly MediaType Mp3 = new("audio/mpeg", "mp3");
    public static readonly MediaType Mpeg = new("video/mpeg", "mpeg");
    public static readonly MediaType Ogg = new("audio/ogg", "ogg");
    public static readonly MediaType Flac = new("audio/flac", "flac");

    /// <summary>The type, or null when the bytes are no supported audio or video.</summary>
    public static MediaType? Detect(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12)
        {
            return null;
        }

        if (head[4..8].SequenceEqual("ftyp"u8))
        {
            return head[8..12] switch
            {
                [(byte)'q', (byte)'t', ..] => QuickTime,
                [(byte)'M', (byte)'4', (byte)'A' or (byte)'B', ..] => M4a,
                _ => Mp4,
            };
        }

        if (head[4..8].SequenceEqual("moov"u8) || head[4..8].SequenceEqual("mdat"u8) || head[4..8].SequenceEqual("wide"u8))
        {
            return QuickTime;
        }

        if (head.StartsWith("RIFF"u8))
        {
            return head[8..12].SequenceEqual("WAVE"u8) ? Wav
                : head[8..12].SequenceEqual("AVI "u8) ? Avi
                : null;
        }

        if (head is [0x1A, 0x45, 0xDF, 0xA3, ..])
        {
            return head.IndexOf("webm"u8) >= 0 ? WebM : Matroska;
        }

        return head switch
        {
            [(byte)'I', (byte)'D', (byte)'3', ..] => Mp3,
            [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => Ogg,
            [(byte)'f', (byte)'L', (byte)'a', (byte)'C', ..] => Flac,
            [0, 0, 1, 0xBA or 0xB3, ..] => Mpeg,
            // MPEG audio frame sync: layer III, a bit rate that is neither free nor bad, a sample rate that exists.
            [0xFF, var second, var third, ..] when (second & 0xE6) == 0xE2 && (third & 0xF0) is not (0 or 0xF0) && (third & 0x0C) != 0x0C =>
                Mp3,
            _ => null,
        };
    }
}

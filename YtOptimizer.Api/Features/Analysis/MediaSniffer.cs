using System.Buffers.Binary;

namespace YtOptimizer.Api.Features.Analysis;

/// <summary>Recognises media files by their first bytes.</summary>
internal static class MediaSniffer
{
    public const int HeadLength = 64;

    public sealed record Kind(string ContentType, string Extension);

    /// <summary>Null when the bytes are no supported container.</summary>
    public static Kind? Recognize(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12)
        {
            return null;
        }

        if (head[4..8].SequenceEqual("ftyp"u8))
        {
            return head[8..12].SequenceEqual("qt  "u8) ? new Kind("video/quicktime", ".mov") : head[8..11].SequenceEqual("M4A"u8) ? new Kind("audio/mp4", ".m4a") : new Kind("video/mp4", ".mp4");
        }

        // Old QuickTime files start with another atom.
        if (head[4..8].SequenceEqual("moov"u8) || head[4..8].SequenceEqual("wide"u8) || head[4..8].SequenceEqual("mdat"u8))
        {
            return new Kind("video/quicktime", ".mov");
        }

        if (head[..4].SequenceEqual<byte>([0x1A, 0x45, 0xDF, 0xA3]))
        {
            return head.IndexOf("webm"u8) >= 0 ? new Kind("video/webm", ".webm") : new Kind("video/x-matroska", ".mkv");
        }

        if (head[..4].SequenceEqual("RIFF"u8))
        {
            return head[8..12].SequenceEqual("WAVE"u8) ? new Kind("audio/wav", ".wav") : head[8..12].SequenceEqual("AVI "u8) ? new Kind("video/x-msvideo", ".avi") : null;
        }

        if (BinaryPrimitives.ReadUInt32BigEndian(head) is 0x000001BA or 0x000001B3)
        {
            return new Kind("video/mpeg", ".mpg");
        }

        // ID3 tag, or the sync word of an MPEG audio frame of layer III.
        return head[..3].SequenceEqual("ID3"u8) || (head[0] == 0xFF && (head[1] & 0xE6) == 0xE2) ? new Kind("audio/mpeg", ".mp3") : null;
    }
}

using System.IO.Compression;
using YtOptimizer.Analysis.Transcripts;

namespace YtOptimizer.Analysis.Channels;

/// <summary>The tables of an upload: the file itself, or those files of an archive that have a row a video. What an archive says of its
/// own sizes is not believed.</summary>
internal static class StudioArchive
{
    private const int MostEntries = 200;

    public static IReadOnlyList<string> Tables(byte[] bytes, CancellationToken ct)
    {
        if (!bytes.AsSpan().StartsWith("PK\u0003\u0004"u8))
        {
            return bytes.Length <= StudioFile.MostBytes ? [TranscriptEncoding.Decode(bytes)] : throw TooLarge();
        }

        var tables = new List<string>();
        var left = StudioFile.MostBytes;
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Count > MostEntries)
            {
                throw new StudioExportException(
                    "archive_too_large",
                    $"The archive holds more than {MostEntries} files. Send the one CSV file with a row a video."
                );
            }

            foreach (var entry in archive.Entries.Where(entry => entry.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)))
            {
                var content = Unpacked(entry, left, ct);
                left -= content.Length;
                var text = TranscriptEncoding.Decode(content);
                if (StudioTable.IsOfVideos(text))
                {
                    tables.Add(text);
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw new StudioExportException("archive_broken", "The ZIP archive is broken or encrypted. Export it again.");
        }

        return tables.Count > 0
            ? tables
            : throw new StudioExportException(
                "no_table",
                "The archive holds no CSV file with a row a video. In Studio, choose the Content tab in advanced mode before exporting."
            );
    }

    private static byte[] Unpacked(ZipArchiveEntry entry, int most, CancellationToken ct)
    {
        using var packed = entry.Open();
        using var content = new MemoryStream();
        var buffer = new byte[81_920];
        while (packed.Read(buffer) is > 0 and var read)
        {
            ct.ThrowIfCancellationRequested();
            if (content.Length + read > most)
            {
                throw TooLarge();
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }

    private static StudioExportException TooLarge() =>
        new("file_too_large", $"Unpacked, the file is larger than {StudioFile.MostBytes / (1024 * 1024)} MB.");
}

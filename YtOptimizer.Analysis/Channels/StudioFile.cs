namespace YtOptimizer.Analysis.Channels;

/// <summary>What a file of the creator holds.</summary>
/// <param name="Videos">Each once, in the order of the file.</param>
/// <param name="Columns">What was found of: video, title, published, created, duration, milliseconds, views, hours, subscribers,
/// impressions, clicks, description, tags.</param>
/// <param name="LeftOut">Rows of videos without a title (deleted ones, mostly).</param>
public sealed record StudioFile(IReadOnlyList<ChannelVideo> Videos, IReadOnlyList<string> Columns, int LeftOut)
{
    public const int MostVideos = 20_000;

    /// <summary>Bytes of text that are read at most, after unpacking.</summary>
    public const int MostBytes = 32 * 1024 * 1024;

    /// <summary>Reads a CSV file, or a ZIP archive that holds one, as Studio or Takeout wrote it.</summary>
    /// <exception cref="StudioExportException">It is none, is too large, or a value cannot be read.</exception>
    public static StudioFile Read(byte[] bytes, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var tables = StudioArchive.Tables(bytes, ct);
        var videos = new Dictionary<string, ChannelVideo>(StringComparer.Ordinal);
        var columns = new List<string>();
        var leftOut = 0;
        foreach (var table in tables.Select(text => StudioTable.Read(text, ct)))
        {
            foreach (var video in table.Videos)
            {
                videos[video.VideoId] = videos.TryGetValue(video.VideoId, out var earlier) ? video.Over(earlier) : video;
            }

            columns.AddRange(table.Columns.Except(columns, StringComparer.Ordinal));
            leftOut += table.LeftOut;
        }

        return videos.Count <= MostVideos
            ? new StudioFile([.. videos.Values], columns, leftOut)
            : throw new StudioExportException("too_many_videos", $"The file holds more than {MostVideos} videos.");
    }
}

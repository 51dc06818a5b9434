using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace YtOptimizer.Analysis.Channels;

/// <summary>One CSV file of Studio or Takeout: finds separator and header, then reads a video a row.</summary>
internal static class StudioTable
{
    // A report may say what it is above its header.
    private const int HeaderWithin = 5;
    private const int LongestField = 100_000;
    private static readonly string[] Separators = [",", ";", "\t"];

    private sealed record Record(int Line, string[] Fields);

    public static bool IsOfVideos(string text) => FindHeader(text).Columns is { AreOfVideos: true };

    /// <exception cref="StudioExportException">No header of such a file, or a value that cannot be read.</exception>
    public static StudioFile Read(string text, CancellationToken ct)
    {
        var (separator, columns, headerLine) = FindHeader(text);
        if (columns is null || columns["video"] < 0 || columns["title"] < 0)
        {
            throw new StudioExportException(
                "no_header",
                "No header with a column of video ids (Content) and one of titles (Video title) was found. Send the file "
                    + "\"Table data.csv\" of an export of Studio's advanced mode, or Takeout's videos.csv."
            );
        }

        if (!columns.AreOfVideos)
        {
            throw new StudioExportException(
                "rows_are_days",
                "The file has a row a day (Studio calls it \"Chart data\"). Send the one with a row a video: \"Table data.csv\"."
            );
        }

        var records = Records(text, separator, int.MaxValue, ct).SkipWhile(record => record.Line <= headerLine).ToList();
        var rows = new StudioRows(columns, separator, records.Select(record => record.Fields));
        var videos = new List<ChannelVideo>(records.Count);
        var leftOut = 0;
        foreach (var record in records)
        {
            ct.ThrowIfCancellationRequested();
            if (rows.IsTotal(record.Fields))
            {
                continue;
            }

            if (videos.Count >= StudioFile.MostVideos)
            {
                throw new StudioExportException(
                    "too_many_videos",
                    $"The file holds more than {StudioFile.MostVideos} videos.",
                    record.Line
                );
            }

            if (rows.Read(record.Fields, record.Line) is { } video)
            {
                videos.Add(video);
            }
            else
            {
                leftOut++;
            }
        }

        return new StudioFile(videos, [.. columns.Found], leftOut);
    }

    private static (string Separator, StudioColumns? Columns, int Line) FindHeader(string text)
    {
        var best = (Separator: ",", Columns: (StudioColumns?)null, Line: 0);
        foreach (var separator in Separators)
        {
            try
            {
                foreach (var record in Records(text, separator, HeaderWithin, CancellationToken.None))
                {
                    var columns = StudioColumns.Of(record.Fields);
                    if (columns.Count > (best.Columns?.Count ?? 1))
                    {
                        best = (separator, columns, record.Line);
                    }
                }
            }
            catch (StudioExportException)
            {
                // Not this separator; with the right one the same place is reported again.
            }
        }

        return best;
    }

    private static IEnumerable<Record> Records(string text, string separator, int most, CancellationToken ct)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = separator,
            MaxFieldSize = LongestField,
            BadDataFound = null,
        };
        using var parser = new CsvParser(new StringReader(text), configuration);
        var width = 0;
        var before = 0;
        for (var count = 0; count < most; count++)
        {
            ct.ThrowIfCancellationRequested();
            try
            {
                if (!parser.Read())
                {
                    yield break;
                }
            }
            catch (MaxFieldSizeException)
            {
                throw new StudioExportException("field_too_long", "A field is too long: a quotation mark may be missing.", before + 1);
            }

            var fields = parser.Record ?? [];
            if (width > 2 && fields.Length > width)
            {
                throw new StudioExportException(
                    "too_many_fields",
                    $"The row has {fields.Length} fields, its header {width}: a quotation mark may be missing.",
                    before + 1
                );
            }

            width = Math.Max(width, fields.Length);
            yield return new Record(before + 1, fields);
            before = parser.RawRow;
        }
    }
}

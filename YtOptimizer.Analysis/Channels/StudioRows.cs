using System.Globalization;

namespace YtOptimizer.Analysis.Channels;

/// <summary>Reads the rows of one file; how it writes decimals and dates is found from all of them.</summary>
internal sealed class StudioRows
{
    private const int LongestTitle = 500;
    private const int LongestDescription = 20_000;
    private const int LongestTag = 500;
    private const int MostTags = 500;

    private readonly StudioColumns columns;
    private readonly char mark;
    private readonly bool monthFirst;

    public StudioRows(StudioColumns columns, string separator, IEnumerable<string[]> rows)
    {
        this.columns = columns;
        var all = rows.ToList();
        mark = StudioNumbers.DecimalMark(
            all.SelectMany(row => new[] { Field(row, columns["hours"]), Field(row, columns["clicks"]) }),
            separator == ";" ? ',' : '.'
        );
        monthFirst = StudioDates.MonthFirst(all.Select(row => Field(row, columns["published"]))) ?? separator == ",";
    }

    /// <summary>The row that adds up the others: named so in a known language, or without title and date.</summary>
    public bool IsTotal(string[] row)
    {
        var id = Field(row, columns["video"]);
        return StudioWords.Is("total", StudioWords.Key(id))
            || (
                !IsVideoId(id.Trim())
                && Field(row, columns["title"]).Trim().Length == 0
                && Field(row, columns["published"]).Trim().Length == 0
            );
    }

    /// <summary>Null for a video without a title.</summary>
    public ChannelVideo? Read(string[] row, int line)
    {
        var id = Field(row, columns["video"]).Trim();
        if (!IsVideoId(id))
        {
            throw Wrong("invalid_video_id", $"\"{Shown(id)}\" is not a video id of eleven characters.", line, "video");
        }

        var title = Field(row, columns["title"]).Replace("\0", "", StringComparison.Ordinal).Trim();
        if (title.Length == 0)
        {
            return null;
        }

        var description =
            columns["description"] < 0 ? null : Field(row, columns["description"]).Replace("\0", "", StringComparison.Ordinal);
        return new ChannelVideo
        {
            VideoId = id,
            Title = title.Length <= LongestTitle ? title : throw Wrong("value_too_long", "The title is too long.", line, "title"),
            PublishedAt = Date(row, line, "published") ?? Date(row, line, "created"),
            Duration = Duration(row, line),
            Views = Count(row, line, "views"),
            WatchHours = Decimal(row, line, "hours"),
            Subscribers = Whole(row, line, "subscribers"),
            Impressions = Count(row, line, "impressions"),
            ClickThroughPercent = Decimal(row, line, "clicks"),
            Description = description is not { Length: > LongestDescription }
                ? description
                : throw Wrong("value_too_long", "The description is too long.", line, "description"),
            Tags =
                columns.Tags.Count == 0
                    ? null
                    :
                    [
                        .. columns
                            .Tags.Take(MostTags)
                            .Select(place => Field(row, place).Replace("\0", "", StringComparison.Ordinal).Trim())
                            .Where(tag => tag.Length is > 0 and <= LongestTag),
                    ],
        };
    }

    public static bool IsVideoId(string text) => text.Length == 11 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static string Field(string[] row, int place) => place >= 0 && place < row.Length ? row[place] : "";

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private StudioExportException Wrong(string code, string message, int line, string column) =>
        new(code, message, line, columns.HeaderAt(columns[column]));

    private DateTimeOffset? Date(string[] row, int line, string column)
    {
        var text = Field(row, columns[column]);
        return StudioNumbers.IsNone(text) ? null
            : StudioDates.Parse(text, monthFirst) is { } date ? date
            : throw Wrong("invalid_date", $"\"{Shown(text)}\" is not a date.", line, column);
    }

    private long? Whole(string[] row, int line, string column)
    {
        var text = Field(row, columns[column]);
        return StudioNumbers.IsNone(text) ? null
            : StudioNumbers.Whole(text) is { } value ? value
            : throw Wrong("invalid_number", $"\"{Shown(text)}\" is not a whole number.", line, column);
    }

    private long? Count(string[] row, int line, string column) =>
        Whole(row, line, column) is not < 0 and var value ? value : throw Wrong("invalid_number", "The number is below 0.", line, column);

    private double? Decimal(string[] row, int line, string column)
    {
        var text = Field(row, columns[column]);
        return StudioNumbers.IsNone(text) ? null
            : StudioNumbers.Decimal(text, mark) is >= 0 and var value ? value
            : throw Wrong("invalid_number", $"\"{Shown(text)}\" is not a number from 0.", line, column);
    }

    private TimeSpan? Duration(string[] row, int line)
    {
        if (Whole(row, line, "milliseconds") is { } milliseconds)
        {
            return Bounded(milliseconds / 1000.0, line, "milliseconds");
        }

        var text = Field(row, columns["duration"]).Trim();
        if (StudioNumbers.IsNone(text))
        {
            return null;
        }

        var parts = text.Split(':');
        var seconds = 0.0;
        foreach (var part in parts)
        {
            seconds =
                parts.Length <= 3 && StudioNumbers.Whole(part) is >= 0 and var value
                    ? (seconds * 60) + value
                    : throw Wrong("invalid_duration", $"\"{Shown(text)}\" is no duration in seconds or h:mm:ss.", line, "duration");
        }

        return Bounded(seconds, line, "duration");
    }

    private TimeSpan Bounded(double seconds, int line, string column) =>
        seconds is >= 0 and <= 30 * 86_400
            ? TimeSpan.FromSeconds(seconds)
            : throw Wrong("invalid_duration", string.Create(CultureInfo.InvariantCulture, $"{seconds} s is no duration."), line, column);
}

using System.Globalization;

namespace YtOptimizer.Analysis.Channels;

/// <summary>Which column of a file holds what; others are left unread.</summary>
internal sealed class StudioColumns
{
    private static readonly string[] Known =
    [
        "video",
        "title",
        "published",
        "created",
        "duration",
        "milliseconds",
        "views",
        "hours",
        "subscribers",
        "impressions",
        "clicks",
        "description",
        "day",
    ];

    private readonly Dictionary<string, int> places = new(StringComparer.Ordinal);

    private StudioColumns(string[] headers) => Headers = headers;

    /// <summary>As they stand in the file.</summary>
    public string[] Headers { get; }

    public List<int> Tags { get; } = [];

    /// <summary>Names of what was found, in a fixed order.</summary>
    public IEnumerable<string> Found => Known.Where(places.ContainsKey).Concat(Tags.Count > 0 ? ["tags"] : []);

    /// <summary>A row a video, rather than a row a day.</summary>
    public bool AreOfVideos => places.ContainsKey("video") && places.ContainsKey("title") && !places.ContainsKey("day");

    public int Count => places.Count + (Tags.Count > 0 ? 1 : 0);

    /// <summary>Place of the column, -1 where the file has none.</summary>
    public int this[string name] => places.GetValueOrDefault(name, -1);

    public string HeaderAt(int place) => place < Headers.Length && Headers[place].Length > 0 ? Headers[place] : $"{place + 1}";

    public static StudioColumns Of(string[] headers)
    {
        var columns = new StudioColumns(headers);
        for (var i = 0; i < headers.Length; i++)
        {
            var key = StudioWords.Key(headers[i]);
            if (Known.FirstOrDefault(name => StudioWords.Is(name, key) && !columns.places.ContainsKey(name)) is { } found)
            {
                columns.places.Add(found, i);
            }
            else if (IsTag(key))
            {
                columns.Tags.Add(i);
            }
        }

        return columns;
    }

    private static bool IsTag(string key)
    {
        var blank = key.LastIndexOf(' ');
        return blank > 0
            && int.TryParse(key.AsSpan(blank + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && StudioWords.Is("tag", key[..blank]);
    }
}

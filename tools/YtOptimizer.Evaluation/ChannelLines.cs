using System.Globalization;
using System.Text.Json;
using YtOptimizer.Analysis.Channels;

namespace YtOptimizer.Evaluation;

/// <summary>Videos of several channels, one JSON object a line (channelId or channelTitle, id, title, publishedAt, viewCount).</summary>
internal static class ChannelLines
{
    public static IReadOnlyList<(string Channel, IReadOnlyList<ChannelVideo> Videos)> Read(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var channels = new Dictionary<string, Dictionary<string, ChannelVideo>>(StringComparer.Ordinal);
        foreach (var line in lines.Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            using var document = JsonDocument.Parse(line);
            var video = document.RootElement;
            if ((Text(video, "channelTitle") ?? Text(video, "channelId")) is { } channel && Text(video, "id") is { } id)
            {
                (channels.TryGetValue(channel, out var videos) ? videos : channels[channel] = new(StringComparer.Ordinal))[id] =
                    new ChannelVideo
                    {
                        VideoId = id,
                        Title = Text(video, "title") ?? "",
                        PublishedAt = DateTimeOffset.TryParse(
                            Text(video, "publishedAt"),
                            CultureInfo.InvariantCulture,
                            DateTimeStyles.AssumeUniversal,
                            out var published
                        )
                            ? published
                            : null,
                        Views = long.TryParse(Text(video, "viewCount"), CultureInfo.InvariantCulture, out var views) ? views : null,
                    };
            }
        }

        return [.. channels.Select(pair => (pair.Key, (IReadOnlyList<ChannelVideo>)[.. pair.Value.Values]))];
    }

    private static string? Text(JsonElement video, string name) =>
        video.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? value.ToString()
            : null;
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace YtOptimizer.Tests.Support;

/// <summary><c>videos.list</c>, <c>playlistItems.list</c> and <c>channels.list</c> over what the test put in; as on the real service
/// missing ids are simply absent, and a missing playlist is a 404.</summary>
internal sealed class FakeYouTube : FakeEndpoint
{
    public FakeYouTube()
        : base(FakeReply.Status(500)) => Restore();

    /// <summary>Id → item JSON.</summary>
    public ConcurrentDictionary<string, string> Items { get; } = new(StringComparer.Ordinal);

    /// <summary>Id of a playlist → video ids with their privacyStatus, in order.</summary>
    public ConcurrentDictionary<string, (string VideoId, string Privacy)[]> Playlists { get; } = new(StringComparer.Ordinal);

    /// <summary>Id, handle or user name of a channel → id of its playlist of uploads.</summary>
    public ConcurrentDictionary<string, string> Channels { get; } = new(StringComparer.Ordinal);

    public static FakeReply Error(int status, string reason) =>
        FakeReply.Json(
            $$$"""{"error":{"errors":[{"domain":"usageLimits","reason":"{{{reason}}}","message":"refused by the test"}],"code": """
                + $$$"""{{{status.ToString(CultureInfo.InvariantCulture)}}},"message":"refused by the test"}}""",
            status
        );

    /// <summary>Adds a public video.</summary>
    public void Add(string id, string title, string description = "", string duration = "PT10M", params string[] tags) =>
        Items[id] = new JsonObject
        {
            ["kind"] = "youtube#video",
            ["id"] = id,
            ["snippet"] = new JsonObject
            {
                ["publishedAt"] = "2026-01-02T03:04:05Z",
                ["channelId"] = "UC_test_channel_0000000000",
                ["title"] = title,
                ["description"] = description,
                ["channelTitle"] = "Test Channel",
                ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]),
                ["categoryId"] = "27",
                ["liveBroadcastContent"] = "none",
                ["thumbnails"] = new JsonObject
                {
                    ["maxres"] = new JsonObject
                    {
                        ["url"] = $"https://i.ytimg.com/vi/{id}/maxresdefault.jpg",
                        ["width"] = 1280,
                        ["height"] = 720,
                    },
                },
            },
            ["contentDetails"] = new JsonObject { ["duration"] = duration, ["caption"] = "true" },
            ["status"] = new JsonObject { ["madeForKids"] = false },
            ["statistics"] = new JsonObject
            {
                ["viewCount"] = "1000",
                ["likeCount"] = "50",
                ["commentCount"] = "5",
            },
        }.ToJsonString();

    /// <summary>Answers from <see cref="Items"/> again.</summary>
    public void Restore() =>
        Default = new FakeReply(context =>
            context.Request.Path.Value switch
            {
                "/youtube/v3/playlistItems" => PlaylistAsync(context),
                "/youtube/v3/channels" => ChannelAsync(context),
                _ => ListAsync(context),
            }
        );

    private Task PlaylistAsync(HttpContext context)
    {
        var query = context.Request.Query;
        if (!Playlists.TryGetValue(query["playlistId"].ToString(), out var entries))
        {
            return Error(404, "playlistNotFound").SendAsync(context);
        }

        var start = int.TryParse(query["pageToken"], CultureInfo.InvariantCulture, out var token) ? token : 0;
        var size = int.Parse(query["maxResults"].ToString(), CultureInfo.InvariantCulture);
        var answer = new JsonObject
        {
            ["items"] = new JsonArray([
                .. entries
                    .Skip(start)
                    .Take(size)
                    .Select(entry =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["contentDetails"] = new JsonObject { ["videoId"] = entry.VideoId },
                                ["status"] = new JsonObject { ["privacyStatus"] = entry.Privacy },
                            }
                    ),
            ]),
            ["pageInfo"] = new JsonObject { ["totalResults"] = entries.Length, ["resultsPerPage"] = size },
        };
        if (start + size < entries.Length)
        {
            answer["nextPageToken"] = (start + size).ToString(CultureInfo.InvariantCulture);
        }

        return FakeReply.Json(answer.ToJsonString()).SendAsync(context);
    }

    private Task ChannelAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var name = new[] { "id", "forHandle", "forUsername" }.Select(filter => query[filter].ToString()).First(value => value.Length > 0);
        return FakeReply
            .Json(
                Channels.TryGetValue(name, out var uploads)
                    ? $$$$"""{"items":[{"contentDetails":{"relatedPlaylists":{"uploads":"{{{{uploads}}}}"}}}]}"""
                    : "{}"
            )
            .SendAsync(context);
    }

    private Task ListAsync(HttpContext context)
    {
        var items = context
            .Request.Query["id"]
            .ToString()
            .Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => Items.GetValueOrDefault(id))
            .OfType<string>()
            .ToList();
        return FakeReply
            .Json(
                $$$"""{"kind":"youtube#videoListResponse","etag":"x","items":[{{{string.Join(',', items)}}}],"pageInfo":{"totalResults": """
                    + $$$"""{{{items.Count.ToString(CultureInfo.InvariantCulture)}}},"resultsPerPage":50}}"""
            )
            .SendAsync(context);
    }
}

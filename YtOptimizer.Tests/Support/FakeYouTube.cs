using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace YtOptimizer.Tests.Support;

/// <summary><c>videos.list</c> over what the test put in <see cref="Items"/>; missing ids are simply absent, as on the real
/// service.</summary>
internal sealed class FakeYouTube : FakeEndpoint
{
    public FakeYouTube()
        : base(FakeReply.Status(500)) => Restore();

    /// <summary>Id → item JSON.</summary>
    public ConcurrentDictionary<string, string> Items { get; } = new(StringComparer.Ordinal);

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
    public void Restore() => Default = new FakeReply(ListAsync);

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

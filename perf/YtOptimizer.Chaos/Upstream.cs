using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace YtOptimizer.Chaos;

/// <summary>A YouTube Data API on loopback that takes its time, by the seed, and sometimes fails.</summary>
internal sealed class Upstream(WebApplication app, string address) : IAsyncDisposable
{
    private static readonly string[] Tags = ["queue", "postgres"];

    public string Address { get; } = address;

    public static async Task<Upstream> StartAsync(int seed, int slowestMilliseconds)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/youtube/v3/videos", async (HttpContext context) =>
        {
            var ids = context.Request.Query["id"].ToString();
            // The same video behaves the same way in every attempt of a run.
            var dice = new Random(ids.Aggregate(seed, (hash, character) => unchecked((hash * 31) + character)));
            await Task.Delay(dice.Next(slowestMilliseconds / 4, slowestMilliseconds), context.RequestAborted);
            return Results.Text(
                JsonSerializer.Serialize(
                    new
                    {
                        items = ids.Split(',')
                            .Select(id => new
                            {
                                id,
                                snippet = new
                                {
                                    title = $"How to survive restarts, part {id}",
                                    description = "A talk about queues, leases and fences.",
                                    channelTitle = "Chaos",
                                    categoryId = "28",
                                    tags = Tags,
                                },
                                contentDetails = new { duration = "PT4M13S" },
                                status = new { madeForKids = false },
                            }),
                    }
                ),
                "application/json"
            );
        });
        await app.StartAsync();
        return new Upstream(app, app.Urls.First());
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

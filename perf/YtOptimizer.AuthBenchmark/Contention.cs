using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace YtOptimizer.AuthBenchmark;

/// <summary>Many who want the same at one moment: one uncached video, one account's sign-in, two administrators each other's
/// role.</summary>
internal static class Contention
{
    private const int Readers = 150;
    private const int Devices = 12;

    /// <summary>A stand-in for the YouTube Data API that counts what it is asked; its address goes into the APIs' settings.</summary>
    public static async Task<(WebApplication Server, Func<int> Calls)> StartYouTubeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = builder.Build();
        var calls = 0;
        server.MapGet("/{**rest}", async (HttpRequest request) =>
        {
            Interlocked.Increment(ref calls);
            await Task.Delay(50);
            var items = request
                .Query["id"]
                .ToString()
                .Split(',')
                .Select(id => new
                {
                    id,
                    snippet = new
                    {
                        title = "Title of " + id,
                        channelTitle = "Channel",
                        description = "d",
                    },
                    statistics = new { viewCount = "1" },
                });
            return Results.Json(new { items });
        });
        await server.StartAsync();
        return (server, () => Volatile.Read(ref calls));
    }

    public static async Task VideosAsync(Rig rig, Func<int> calls, int rounds)
    {
        var caller = await rig.RegisterAsync();
        var (answers, asked) = (new List<int>(), new List<int>());
        for (var round = 0; round < rounds; round++)
        {
            var before = calls();
            var id = $"aaaaaaa{round:0000}";
            answers.AddRange(
                await Task.WhenAll(
                    Enumerable
                        .Range(0, Readers)
                        .Select(async i =>
                        {
                            using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/youtube/video?url=https://youtu.be/{id}");
                            request.Headers.Authorization = new("Bearer", caller.AccessToken);
                            using var response = await rig.Apis[i % rig.Apis.Count].Client.SendAsync(request);
                            return (int)response.StatusCode;
                        })
                )
            );
            asked.Add(calls() - before);
        }

        Console.WriteLine(
            $"videos: {rounds} x {Readers} readers of one uncached video over {rig.Apis.Count} API(s): {Counts(answers)}; upstream calls "
                + $"per video {asked.Min()} to {asked.Max()}"
        );
    }

    public static async Task DevicesAsync(Rig rig, int rounds)
    {
        var answers = new List<int>();
        for (var round = 0; round < rounds; round++)
        {
            var caller = await rig.RegisterAsync();
            answers.AddRange(
                await Task.WhenAll(
                    Enumerable
                        .Range(0, Devices)
                        .Select(async i =>
                        {
                            using var response = await rig.Apis[i % rig.Apis.Count]
                                .Client.PostAsJsonAsync("/auth/login", new { email = caller.Email, password = Rig.Password });
                            return (int)response.StatusCode;
                        })
                )
            );
        }

        await using var command = rig.Source.CreateCommand("SELECT count(*) FROM security_events WHERE event_type = 'failed_login'");
        Console.WriteLine(
            $"devices: {rounds} x {Devices} sign-ins with the right password at once: {Counts(answers)}; logged as failed "
                + $"{await command.ExecuteScalarAsync()}"
        );
    }

    public static async Task AdministratorsAsync(Rig rig, int rounds)
    {
        var answers = new List<int>();
        for (var round = 0; round < rounds; round++)
        {
            var pair = new[] { await rig.RegisterAsync(), await rig.RegisterAsync() };
            await rig.ExecuteAsync(
                $"UPDATE profiles SET role = CASE WHEN email IN ('{pair[0].Email}', '{pair[1].Email}') THEN 'admin' ELSE 'user' END"
            );
            var tokens = new List<(string Token, Guid Id)>();
            foreach (var caller in pair)
            {
                var body = await Rig.OkAsync(
                    rig.Client.PostAsJsonAsync("/auth/login", new { email = caller.Email, password = Rig.Password })
                );
                tokens.Add((body.GetProperty("accessToken").GetString()!, body.GetProperty("user").GetProperty("id").GetGuid()));
            }

            answers.AddRange(
                await Task.WhenAll(
                    Enumerable
                        .Range(0, 2)
                        .Select(async i =>
                        {
                            using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/admin/users/{tokens[1 - i].Id}/role")
                            {
                                Content = JsonContent.Create(new { role = "user" }),
                            };
                            request.Headers.Authorization = new("Bearer", tokens[i].Token);
                            using var response = await rig.Client.SendAsync(request);
                            return (int)response.StatusCode;
                        })
                )
            );
        }

        Console.WriteLine($"administrators: {rounds} pairs who demote each other: {Counts(answers)}");
    }

    private static string Counts(IEnumerable<int> answers) =>
        string.Join(", ", answers.GroupBy(a => a).OrderBy(g => g.Key).Select(g => $"{g.Count()} x {g.Key}"));
}

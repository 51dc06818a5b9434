using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;

namespace YtOptimizer.AuthBenchmark;

/// <summary>How long an access token still works, on any instance, after what ends it; and that it never works again.</summary>
internal static class Revocation
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Afterwards = TimeSpan.FromMilliseconds(500);

    public static async Task RunAsync(Rig rig, int trials)
    {
        Sql("UPDATE profiles SET token_version = token_version + 1 WHERE email = $1", out var version);
        Sql("UPDATE profiles SET account_locked = true WHERE email = $1", out var locked);
        Sql("UPDATE profiles SET role = 'premium' WHERE email = $1", out var role);
        Sql("UPDATE sessions s SET revoked_at = now() FROM profiles p WHERE p.id = s.user_id AND p.email = $1", out var session);
        foreach (
            var (name, goal, change) in new (string, string, Func<Rig, Caller, Task>)[]
            {
                ("logout", "1 s", (r, c) => PostAsync(r, c, HttpMethod.Post, "/auth/logout", new { })),
                ("logout-all", "1 s", (r, c) => PostAsync(r, c, HttpMethod.Post, "/auth/logout-all", new { })),
                ("change-password", "1 s", (r, c) =>
                    PostAsync(
                        r,
                        c,
                        HttpMethod.Put,
                        "/auth/change-password",
                        new { currentPassword = Rig.Password, newPassword = "umbrella-Wagon-77" }
                    )
                ),
                ("reuse of a refresh token", "1 s", ReuseAsync),
                ("SQL token_version + 1", "5 s", version),
                ("SQL account_locked", "5 s", locked),
                ("SQL role", "5 s", role),
                ("SQL sessions.revoked_at", "5 s", session),
            }
        )
        {
            var (worst, back) = (0.0, 0);
            for (var trial = 0; trial < trials; trial++)
            {
                var caller = await rig.RegisterAsync();
                await change(rig, caller);
                var done = Stopwatch.GetTimestamp();
                var results = await Task.WhenAll(rig.Apis.Select(api => WatchAsync(api.Client, caller, done)));
                worst = Math.Max(worst, results.Max(r => r.Refused));
                back += results.Sum(r => r.Back);
            }

            Console.WriteLine(
                $"revocation by {name}: refused by all {rig.Apis.Count} instances within {worst:0} ms of {trials} trials (goal {goal}), "
                    + $"accepted again {back} times; load {Rig.Load()}"
            );
        }
    }

    private static void Sql(string sql, out Func<Rig, Caller, Task> change) =>
        change = async (rig, caller) =>
        {
            await using var command = rig.Source.CreateCommand(sql);
            command.Parameters.AddWithValue(caller.Email);
            await command.ExecuteNonQueryAsync();
        };

    private static async Task<(double Refused, int Back)> WatchAsync(HttpClient client, Caller caller, long done)
    {
        double? refused = null;
        var back = 0;
        while (
            refused is null
                ? Stopwatch.GetElapsedTime(done) < Limit
                : Stopwatch.GetElapsedTime(done).TotalMilliseconds < refused + Afterwards.TotalMilliseconds
        )
        {
            using var request = Request(HttpMethod.Get, "/api/v1/auth/profile", caller, null);
            using var response = await client.SendAsync(request);
            if (response.StatusCode == HttpStatusCode.Unauthorized)
            {
                refused ??= Stopwatch.GetElapsedTime(done).TotalMilliseconds;
            }
            else if (refused is not null)
            {
                back++;
            }

            await Task.Delay(5);
        }

        return (refused ?? Limit.TotalMilliseconds, back);
    }

    private static async Task PostAsync(Rig rig, Caller caller, HttpMethod method, string path, object body)
    {
        using var request = Request(method, path, caller, body);
        await Rig.OkAsync(rig.Client.SendAsync(request));
    }

    private static async Task ReuseAsync(Rig rig, Caller caller)
    {
        var next = (await Rig.OkAsync(rig.Client.PostAsJsonAsync("/auth/refresh", new { refreshToken = caller.RefreshToken })))
            .GetProperty("refreshToken")
            .GetString();
        await Rig.OkAsync(rig.Client.PostAsJsonAsync("/auth/refresh", new { refreshToken = next }));
        using var reused = await rig.Client.PostAsJsonAsync("/auth/refresh", new { refreshToken = caller.RefreshToken });
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, Caller caller, object? body)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", caller.AccessToken);
        return request;
    }
}

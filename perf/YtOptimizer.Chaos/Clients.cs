using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;

namespace YtOptimizer.Chaos;

/// <summary>Users who submit until they are answered, and the ledger of what they were promised.</summary>
internal sealed class Clients(string[] apis, NpgsqlDataSource source, int seed) : IDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private int next;
    private int submitted;

    /// <summary>Idempotency key → the job that was promised.</summary>
    public ConcurrentDictionary<string, Guid> Promised { get; } = new(StringComparer.Ordinal);

    /// <summary>Keys that were once answered with two different jobs.</summary>
    public ConcurrentBag<string> Broken { get; } = [];

    /// <summary>Jobs whose cancel was confirmed.</summary>
    public ConcurrentBag<Guid> Cancelled { get; } = [];

    public int Resubmissions => resubmissions;

    private int resubmissions;

    public async Task<string> RegisterAsync(int number)
    {
        var email = $"chaos-{number}@example.com";
        var body = await RetryAsync(
            () =>
                PostAsync(
                    "/api/v1/auth/register",
                    new
                    {
                        email,
                        password = "tangerine-Ladder-41",
                        name = "Chaos",
                    },
                    null,
                    null
                ),
            "register"
        );
        await using var command = source.CreateCommand(
            "INSERT INTO user_subscriptions (user_id, tier) SELECT id, 'premium' FROM profiles WHERE email = $1 ON CONFLICT (user_id) DO "
                + "UPDATE SET tier = 'premium'"
        );
        command.Parameters.AddWithValue(email);
        await command.ExecuteNonQueryAsync();
        return body.GetProperty("accessToken").GetString()!;
    }

    /// <summary>Submits until <paramref name="total"/> jobs of all users are promised.</summary>
    public async Task SubmitAsync(string token, int total, CancellationToken ct)
    {
        int number;
        while ((number = Interlocked.Increment(ref submitted)) <= total && !ct.IsCancellationRequested)
        {
            var key = $"submission-{number}";
            var dice = new Random(unchecked((seed * 31) + number));
            var id = $"{number:D10}A";
            var body = await RetryAsync(
                () =>
                    PostAsync(
                        "/api/v1/analyze/video",
                        new { configuration = new { url = "https://www.youtube.com/watch?v=" + id } },
                        token,
                        key
                    ),
                key
            );
            var job = body.GetProperty("jobId").GetGuid();
            Promised[key] = job;
            if (dice.Next(10) == 0)
            {
                // An impatient client sends the same again.
                var again = await RetryAsync(
                    () =>
                        PostAsync(
                            "/api/v1/analyze/video",
                            new { configuration = new { url = "https://www.youtube.com/watch?v=" + id } },
                            token,
                            key
                        ),
                    key
                );
                if (again.GetProperty("jobId").GetGuid() != job)
                {
                    Broken.Add(key);
                }
            }

            if (dice.Next(25) == 0)
            {
                await Task.Delay(dice.Next(0, 1500), ct);
                var answer = await RetryAsync(() => PostAsync($"/api/v1/analyze/job/{job}/cancel", new { }, token, null), "cancel");
                if (answer.GetProperty("cancelled").GetBoolean())
                {
                    Cancelled.Add(job);
                }
            }
        }
    }

    public void Dispose() => http.Dispose();

    // Whatever happens to the connection or the server: the same request again, to the next API process.
    private async Task<JsonElement> RetryAsync(Func<Task<HttpResponseMessage>> send, string what)
    {
        for (var attempt = 0; attempt < 400; attempt++)
        {
            try
            {
                using var response = await send();
                if (response.IsSuccessStatusCode)
                {
                    return await response.Content.ReadFromJsonAsync<JsonElement>();
                }

                if (response.StatusCode is not (HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError))
                {
                    throw new InvalidOperationException($"{what}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
                }

                await Task.Delay(response.StatusCode == HttpStatusCode.TooManyRequests ? 1000 : 300);
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException)
            {
                Interlocked.Increment(ref resubmissions);
                await Task.Delay(200);
            }
        }

        throw new InvalidOperationException($"{what}: no answer after 400 attempts");
    }

    private async Task<HttpResponseMessage> PostAsync(string path, object body, string? token, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, apis[Interlocked.Increment(ref next) % apis.Length] + path)
        {
            Content = JsonContent.Create(body),
        };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await http.SendAsync(request);
    }
}

using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace YtOptimizer.RollingRestart;

/// <summary>Requests by the clock, whatever becomes of those before them; none is repeated.</summary>
internal sealed class Load(Uri address, IReadOnlyList<string> tokens, int rate, int submitEvery) : IDisposable
{
    private static readonly string[] Reads =
    [
        "/api/v1/auth/profile",
        "/api/v1/analyze/history?limit=10",
        "/api/v1/notifications/unread-count",
        "/api/v1/user-preferences",
    ];

    private readonly HttpClient http = new() { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
    private readonly ConcurrentBag<double> milliseconds = [];
    private long sent;

    /// <summary>What went wrong, and how often.</summary>
    public ConcurrentDictionary<string, int> Failures { get; } = new(StringComparer.Ordinal);

    /// <summary>Promised job and the number of its user.</summary>
    public ConcurrentDictionary<Guid, int> Promised { get; } = new();

    public long Sent => Interlocked.Read(ref sent);

    public double Percentile(double share)
    {
        var sorted = milliseconds.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
    }

    public async Task RunAsync(CancellationToken stop)
    {
        var running = new ConcurrentDictionary<Task, byte>();
        var started = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (long number = 0; !stop.IsCancellationRequested; )
        {
            var due = (long)(TimeProvider.System.GetElapsedTime(started).TotalSeconds * rate);
            for (; number < due; number++)
            {
                var task = SendAsync(number);
                running[task] = 0;
                _ = task.ContinueWith(done => running.TryRemove(done, out _), TaskScheduler.Default);
            }

            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        await Task.WhenAll(running.Keys);
    }

    public void Dispose() => http.Dispose();

    private async Task SendAsync(long number)
    {
        // Off the clock's own loop.
        await Task.Yield();
        Interlocked.Increment(ref sent);
        var user = (int)(number % tokens.Count);
        var submits = number % submitEvery == 0;
        using var request = submits ? Submission(number) : new HttpRequestMessage(HttpMethod.Get, Reads[number % Reads.Length]);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens[user]);
        var started = TimeProvider.System.GetTimestamp();
        string? failure = null;
        try
        {
            using var answer = await http.SendAsync(request);
            if (!answer.IsSuccessStatusCode)
            {
                var body = await answer.Content.ReadAsStringAsync();
                failure =
                    $"{request.Method} {request.RequestUri!.OriginalString} {(int)answer.StatusCode} {body[..Math.Min(160, body.Length)]}";
            }
            else if (submits)
            {
                Promised[(await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("jobId").GetGuid()] = user;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or IOException or JsonException)
        {
            failure = $"{request.Method} {request.RequestUri!.OriginalString} {exception.GetType().Name} {exception.Message}";
        }

        milliseconds.Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
        if (failure is not null)
        {
            Failures.AddOrUpdate(failure, 1, (_, count) => count + 1);
        }
    }

    private static HttpRequestMessage Submission(long number) =>
        new(HttpMethod.Post, "/api/v1/analyze/video")
        {
            Content = JsonContent.Create(new { configuration = new { url = $"https://www.youtube.com/watch?v={number:D10}A" } }),
        };
}

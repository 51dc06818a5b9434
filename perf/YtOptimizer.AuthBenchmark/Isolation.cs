using System.Net.Http.Json;
using System.Text.Json;

namespace YtOptimizer.AuthBenchmark;

/// <summary>Interleaved requests of many users over shared connections: no answer may be another user's, and a sign-out touches nobody
/// else.</summary>
internal static class Isolation
{
    private const int Parallel = 32;

    public static async Task RunAsync(Rig rig, int users, int requests)
    {
        var callers = new List<Caller>();
        foreach (var batch in Enumerable.Range(0, users).Chunk(8))
        {
            callers.AddRange(await Task.WhenAll(batch.Select(_ => rig.RegisterAsync())));
        }

        var (wrong, refused, sent) = (0, 0, 0);
        await System.Threading.Tasks.Parallel.ForEachAsync(
            Enumerable.Range(0, requests),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel },
            async (i, ct) =>
            {
                // The last tenth of the users signs out half way; the others must not notice.
                var caller = callers[i % callers.Count];
                var leaves = i % callers.Count >= callers.Count * 9 / 10;
                if (leaves && i > requests / 2)
                {
                    using var logout = Request(HttpMethod.Post, "/auth/logout", caller);
                    using var left = await rig.Client.SendAsync(logout, ct);
                    return;
                }

                using var request = Request(HttpMethod.Get, "/api/v1/auth/profile", caller);
                using var response = await rig.Apis[i % rig.Apis.Count].Client.SendAsync(request, ct);
                Interlocked.Increment(ref sent);
                if (!response.IsSuccessStatusCode)
                {
                    Interlocked.Add(ref refused, leaves ? 0 : 1);
                    return;
                }

                var email = JsonSerializer
                    .Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(ct))
                    .GetProperty("email")
                    .GetString();
                Interlocked.Add(ref wrong, email == caller.Email ? 0 : 1);
            }
        );
        Console.WriteLine(
            $"isolation: {sent} interleaved requests of {users} users over {rig.Apis.Count} process(es): {wrong} answers of another "
                + $"user, {refused} refused; load {Rig.Load()}"
        );
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, Caller caller)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new("Bearer", caller.AccessToken);
        if (method == HttpMethod.Post)
        {
            request.Content = JsonContent.Create(new { });
        }

        return request;
    }
}

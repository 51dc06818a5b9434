using System.Diagnostics;
using System.Net.Http.Json;

namespace YtOptimizer.AuthBenchmark;

/// <summary>
/// Whether the time of one answer tells what kind of account an address has: samples of all kinds interleaved in random order, and for each
/// kind against the unknown address the area under the ROC curve (0.50 = tells nothing) with its 95 % interval by bootstrap.
/// </summary>
internal static class Timing
{
    private const int Resamples = 1000;
    private const int WarmUp = 60;

    public static async Task RunAsync(Rig rig, int samples, int legacySamples)
    {
        Console.WriteLine($"{samples} interleaved samples per kind; load {Rig.Load()}");
        var argon2 = await HashAsync(rig);
        await SeedAsync(rig, "known", samples, argon2);
        await SeedAsync(rig, "locked", samples, argon2);
        await SeedAsync(rig, "inactive", samples, argon2);
        await SeedAsync(rig, "google", samples, null);
        await rig.ExecuteAsync("UPDATE profiles SET account_locked = true WHERE email LIKE 'locked-%'");
        await rig.ExecuteAsync("UPDATE profiles SET status = 'inactive' WHERE email LIKE 'inactive-%'");
        await rig.ExecuteAsync("ANALYZE");
        await CompareAsync("forgot-password", ["unknown", "known", "locked", "google"], samples, email =>
            rig.Client.PostAsJsonAsync("/auth/forgot-password", new { email })
        );
        await CompareAsync("login", ["unknown", "known", "locked", "inactive", "google"], samples, LoginAsync);
        if (legacySamples == 0)
        {
            return;
        }

        await SeedAsync(rig, "bcrypt", samples, BCrypt.Net.BCrypt.HashPassword("another-Password-9", 10));
        await SeedAsync(rig, "later", samples, argon2);
        await rig.ExecuteAsync("ANALYZE");
        await CompareAsync("login while bcrypt hashes are left", ["nobody", "later", "bcrypt"], legacySamples, LoginAsync);

        Task<HttpResponseMessage> LoginAsync(string email) =>
            rig.Client.PostAsJsonAsync("/auth/login", new { email, password = "wrong-Password-1" });
    }

    /// <summary>Accounts of one kind. Every sample has an address of its own, because what repeated guesses meet (the lock) is the same for
    /// all kinds.</summary>
    private static Task SeedAsync(Rig rig, string kind, int samples, string? hash) =>
        rig.ExecuteAsync(
            $"""
            WITH made AS (
                INSERT INTO profiles (id, email) SELECT gen_random_uuid(), '{kind}-' || n || '@example.com' FROM generate_series(1, {samples
                + WarmUp}) n RETURNING id),
            subscribed AS (INSERT INTO user_subscriptions (user_id) SELECT id FROM made)
            INSERT INTO account_credentials (user_id, password_hash) SELECT id, '{hash}' FROM made WHERE '{hash}' <> ''
            """
        );

    private static async Task<string> HashAsync(Rig rig)
    {
        var caller = await rig.RegisterAsync();
        await using var command = rig.Source.CreateCommand(
            "SELECT c.password_hash FROM account_credentials c JOIN profiles p ON p.id = c.user_id WHERE p.email = $1"
        );
        command.Parameters.AddWithValue(caller.Email);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task CompareAsync(string what, string[] kinds, int samples, Func<string, Task<HttpResponseMessage>> send)
    {
        var dice = new Random(20261125);
        var times = kinds.ToDictionary(kind => kind, _ => new List<double>(), StringComparer.Ordinal);
        for (var n = 1; n <= samples + WarmUp; n++)
        {
            foreach (var kind in kinds.OrderBy(_ => dice.Next()).ToArray())
            {
                var started = Stopwatch.GetTimestamp();
                using var response = await send($"{kind}-{n}@example.com");
                await response.Content.ReadAsByteArrayAsync();
                if (n > WarmUp)
                {
                    times[kind].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }
            }
        }

        var unknown = times[kinds[0]];
        foreach (var (kind, own) in times)
        {
            var sorted = own.Order().ToList();
            var (low, high) = Bootstrap(unknown, own, dice);
            Console.WriteLine(
                $"{what}, {kind}: p50 {Rates.At(sorted, 0.5):0.00} ms, p95 {Rates.At(sorted, 0.95):0.00} ms, AUC against unknown "
                    + $"{Auc(unknown, own):0.000} [{low:0.000}, {high:0.000}]"
            );
        }
    }

    /// <summary>The chance that a sample of <paramref name="b"/> is slower than one of <paramref name="a"/>, ties half.</summary>
    private static double Auc(IReadOnlyList<double> a, IReadOnlyList<double> b)
    {
        var ranked = a.Select(v => (Value: v, IsB: false)).Concat(b.Select(v => (Value: v, IsB: true))).OrderBy(p => p.Value).ToArray();
        double ranks = 0;
        for (var i = 0; i < ranked.Length; )
        {
            var end = i;
            while (end < ranked.Length && ranked[end].Value.Equals(ranked[i].Value))
            {
                end++;
            }

            for (var j = i; j < end; j++)
            {
                ranks += ranked[j].IsB ? (i + end + 1) / 2.0 : 0;
            }

            i = end;
        }

        return (ranks - (b.Count * (b.Count + 1) / 2.0)) / ((double)a.Count * b.Count);
    }

    private static (double Low, double High) Bootstrap(List<double> a, List<double> b, Random dice)
    {
        var values = Enumerable
            .Range(0, Resamples)
            .Select(_ => Auc([.. a.Select(_ => a[dice.Next(a.Count)])], [.. b.Select(_ => b[dice.Next(b.Count)])]))
            .Order()
            .ToList();
        return (Rates.At(values, 0.025), Rates.At(values, 0.975));
    }
}

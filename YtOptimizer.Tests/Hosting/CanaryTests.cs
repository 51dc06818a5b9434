using System.Text;
using YtOptimizer.Core.Diagnostics;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Hosting;

/// <summary>Secrets sent everywhere must be found nowhere: not in the log, not in any table, not in the metrics.</summary>
public class CanaryTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Canaries_InEveryFieldHeaderAndQuery_AreFoundNowhere()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var api = await ApiProcesses.StartAsync(1, database, new Dictionary<string, string?> { ["LOG_LEVEL"] = "debug" });
        var user = await api.CreateUserAsync();
        var canary = "cnry" + Guid.CreateVersion7().ToString("N");
        var paths = new[] { "/api/v1/auth/login", "/api/v1/auth/register", "/auth/refresh", "/api/v1/errors/report", "/api/v1/security/csp-report", "/api/v1/analyze/video", "/api/v1/nothing", "/api/v1/admin/rate-limits/block" };
        foreach (var path in paths)
        {
            foreach (var (body, type) in new[]
            {
                ($$"""{"email":"someone@example.com","password":"{{canary}}","refreshToken":"{{canary}}"}""", "application/json"),
                ($$"""{"email":"someone@example.com","password":"{{canary}}"}""", "application/json"),
                ($$"""{"refreshToken":"{{canary}}"}""", "application/json"),
                ($$"""{"message":"failed with password={{canary}} and Bearer {{canary}}","token":"{{canary}}"}""", "application/json"),
                ($$"""{"password":"{{canary}}" """, "application/json"),
                (canary, "text/plain"),
            })
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, $"{path}?token={canary}&access_token={canary}") { Content = new StringContent(body, Encoding.UTF8, type) };
                request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {canary}");
                request.Headers.TryAddWithoutValidation("X-API-Key", canary);
                request.Headers.TryAddWithoutValidation("Cookie", $"refresh_token={canary}; refreshToken={canary}");
                request.Headers.TryAddWithoutValidation("X-CSRF-Token", canary);
                using var response = await api.Clients[0].SendAsync(request, Ct);
                Assert.True((int)response.StatusCode < 500, $"{path}: {(int)response.StatusCode}");
            }
        }

        var tables = await database.Db.QueryAsync<string>("SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')", null, Ct);
        var metrics = await user.Client.GetStringAsync(new Uri("/api/v1/metrics", UriKind.Relative), Ct);
        Assert.DoesNotContain(canary, metrics, StringComparison.OrdinalIgnoreCase);
        await Eventually.TrueAsync(() => Task.FromResult(api.LogOf(0).Contains("/api/v1/nothing", StringComparison.Ordinal)), "the requests are logged");
        Assert.DoesNotContain(canary, api.LogOf(0), StringComparison.OrdinalIgnoreCase);

        // Rows are written behind the requests: the last look decides, after everything that is buffered has been flushed.
        await Eventually.TrueAsync(async () => await database.Db.ScalarAsync<long>("SELECT count(*) FROM security_events WHERE event_type = 'failed_login'", null, Ct) > 0, "failures are recorded");
        foreach (var table in tables)
        {
            Assert.Equal(0, await database.Db.ScalarAsync<long>($"SELECT count(*) FROM {table} t WHERE t::text ILIKE '%' || @canary || '%'", new { canary }, Ct));
        }
    }

    [Theory]
    [InlineData("Authorization: Bearer abcdef123456", "abcdef123456")]
    [InlineData("password=hunter22", "hunter22")]
    [InlineData("{\"password\": \"hunter22\"}", "hunter22")]
    [InlineData("https://user:hunter22@example.com/", "hunter22")]
    [InlineData("GET /x?key=hunter22&b=1", "hunter22")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "c2lnbmF0dXJl")]
    [InlineData("mail someone@example.com", "someone@example.com")]
    public void Redaction_FreeText_LosesItsSecretAndKeepsTheRest(string text, string secret)
    {
        var clean = Redaction.Text(text);
        Assert.DoesNotContain(secret, clean, StringComparison.Ordinal);
        Assert.Contains(Redaction.Mark, clean, StringComparison.Ordinal);
    }
}

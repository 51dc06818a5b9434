using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Hosting;

/// <summary>What only the real server enforces: sizes, the Server header, forced HTTPS, a database that is away.</summary>
public class ServerLimitTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Server_SizesAndHeaders_AreBounded()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var api = await ApiProcesses.StartAsync(
            1,
            database,
            new Dictionary<string, string?> { ["MAX_FILE_SIZE"] = "100000", ["FORCE_HTTPS"] = "false" }
        );
        var client = api.Clients[0];
        using (var response = await client.GetAsync(new Uri("/api/v1", UriKind.Relative), Ct))
        {
            Assert.False(response.Headers.Contains("Server"));
        }

        foreach (var chunked in new[] { false, true })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/login")
            {
                Content = new StringContent(
                    $$"""{"email":"a@example.com","password":"{{new string('x', 200_000)}}"}""",
                    Encoding.UTF8,
                    "application/json"
                ),
            };
            request.Headers.TransferEncodingChunked = chunked;
            using var response = await client.SendAsync(request, Ct);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
            Assert.Equal("payload_too_large", (await Tokens.JsonAsync(response)).GetProperty("code").GetString());
        }

        using (var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1"))
        {
            request.Headers.TryAddWithoutValidation("X-Large", new string('x', 40_000));
            using var response = await client.SendAsync(request, Ct);
            Assert.Equal(431, (int)response.StatusCode);
        }

        using (var response = await client.GetAsync(new Uri("/api/v1?" + new string('x', 10_000), UriKind.Relative), Ct))
        {
            Assert.Equal(HttpStatusCode.RequestUriTooLong, response.StatusCode);
        }
    }

    [Fact]
    public async Task ForceHttps_PlainRequest_IsRedirectedButProbesAreNot()
    {
        await using var api = await ApiFixture.StartAsync(new Dictionary<string, string?> { ["FORCE_HTTPS"] = "true" });
        using var client = api.Anonymous();
        using var response = await client.GetAsync(new Uri("/api/v1?a=1", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.PermanentRedirect, response.StatusCode);
        Assert.Equal("https://localhost/api/v1?a=1", response.Headers.Location?.ToString());
        using var probe = await client.GetAsync(new Uri("/health/liveness", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, probe.StatusCode);
    }

    [Fact]
    public async Task Database_Away_Is503WithRetryAfterAndTellsNothing()
    {
        await using var api = await ApiFixture.StartAsync();
        var user = await api.CreateUserAsync();
        await api.Database.Db.ExecuteAsync("ALTER TABLE security_events RENAME TO security_events_gone", null, Ct);
        using (var response = await user.Client.GetAsync(new Uri("/api/v1/audit/events", UriKind.Relative), Ct))
        {
            // A missing table is our bug: neutral 500.
            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
            var text = await response.Content.ReadAsStringAsync(Ct);
            Assert.DoesNotContain("security_events", text, StringComparison.Ordinal);
            Assert.Contains("internal_error", text, StringComparison.Ordinal);
        }

        await api.Database.Db.ExecuteAsync("ALTER TABLE security_events_gone RENAME TO security_events", null, Ct);
        await api.Database.Db.ExecuteAsync(
            $"ALTER DATABASE {new NpgsqlConnectionStringBuilder(api.Database.ConnectionString).Database} SET "
                + $"default_transaction_read_only = on",
            null,
            Ct
        );
        api.Services.GetRequiredService<NpgsqlDataSource>().Clear();
        using (
            var response = await user.Client.PostAsJsonAsync("/api/v1/auth/login", new { email = user.Email, password = user.Password }, Ct)
        )
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
            Assert.Equal("database_unavailable", (await Tokens.JsonAsync(response)).GetProperty("code").GetString());
        }
    }

    [Theory]
    [InlineData("TRUSTED_PROXIES", "0.0.0.0/0")]
    [InlineData("TRUSTED_PROXIES", "proxy.example")]
    [InlineData("CORS_ORIGINS", "app.example.com")]
    [InlineData("RATE_LIMIT_MAX", "many")]
    [InlineData("RATE_LIMIT_AUTH_LOGIN", "5 per hour")]
    [InlineData("FORCE_HTTPS", "maybe")]
    public async Task Setting_Wrong_StopsTheStartByName(string name, string value)
    {
        await using var api = await ApiFixture.StartAsync(new Dictionary<string, string?> { [name] = value });
        var error = Assert.ThrowsAny<Exception>(() => api.Anonymous());
        Assert.Contains($"Invalid environment variable {name}", error.ToString(), StringComparison.Ordinal);
    }
}

using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Npgsql;
using YtOptimizer.Core.Observability;
using YtOptimizer.Tests.Contracts;
using YtOptimizer.Tests.Runbook;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Hosting;

/// <summary>
/// Marked values in every field, query parameter and header of every operation; then one failure inside a handler, and alerts about it.
/// Secrets must be found nowhere: not in the logs of API and worker, not in any table, not in metrics, not in messages. Content may be
/// found where it lives.
/// </summary>
public class CanaryTests
{
    // Where each kind may be: its own place, and the records that name it on purpose.
    private static readonly string[] ContentLives =
    [
        "admin_notes",
        "audits",
        "audit_trail",
        "bulk_analyses",
        "bulk_analysis_items",
        "channel_title_tests",
        "channel_videos",
        "feature_requests",
        "invitations",
        "ip_rate_limits",
        "job_queue",
        "notifications",
        "profiles",
        "promo_codes",
        "quota_bonuses",
        "security_events",
        "usage_events",
        "user_content_preferences",
        "user_feedbacks",
        "user_onboarding",
        "video_analysis_logs",
    ];
    private static readonly string[] AddressLives = ["audit_trail", "invitations", "mail_outbox", "profiles"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Canaries_InEveryFieldHeaderAndQuery_AreFoundNowhere()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await using var telegram = await FakeTelegram.StartAsync();
        await using var smtp = await FakeSmtp.StartAsync();
        var settings = new Dictionary<string, string?>(telegram.Settings)
        {
            ["LOG_LEVEL"] = "debug",
            // Details of refused statements hold the values: production does not ask for them, the other tests do.
            ["ConnectionStrings:ytoptimizer"] = new NpgsqlConnectionStringBuilder(database.ApplicationConnectionString)
            {
                IncludeErrorDetail = false,
            }.ConnectionString,
            ["ALERT_WEBHOOK_URL"] = telegram.WebhookUrl,
            ["ALERT_EMAIL"] = "operators@example.com",
            ["SMTP_HOST"] = "127.0.0.1",
            ["SMTP_PORT"] = $"{smtp.Port}",
            ["SMTP_SECURE"] = "false",
            ["YOUTUBE_OEMBED_URL"] = "",
            ["Alerts:WindowSeconds"] = "10",
            ["Alerts:EvaluateSeconds"] = "1",
            ["Alerts:MinimumRequests"] = "1",
            ["Alerts:ErrorRatePercent"] = "0.1",
        };
        await using var api = await ApiProcesses.StartAsync(1, database, settings);
        await using var worker = new WorkerLog(api.JwtSecret, settings);
        var (user, admin) = (await api.CreateUserAsync(), await api.CreateUserAsync("admin"));
        using var document = JsonDocument.Parse(await user.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Ct));
        using var storm = new CanaryStorm(document.RootElement, new Uri(api.Clients[0].BaseAddress!, "/"));
        foreach (
            var (method, path, operation) in OpenApiFixture
                .OperationsOf(document.RootElement)
                .OrderBy(o => o.Path.Contains("/logout", StringComparison.Ordinal))
        )
        {
            await storm.SendAsync(method, path, operation, [null, user.AccessToken, admin.AccessToken], Ct);
        }

        Assert.True(storm.Places.Count >= 150, $"only {storm.Places.Count} places: {string.Join(", ", storm.Places)}");

        // The storm ends with signing out. A bug in a handler, with secrets in the request; and what operators are told about it.
        var (later, operators) = (await api.CreateUserAsync(), await api.CreateUserAsync("admin"));
        await database.Db.ExecuteAsync("ALTER TABLE user_content_preferences RENAME TO gone", null, Ct);
        using (
            var failed = await later.Client.PostAsJsonAsync(
                $"/api/v1/user-preferences?token={storm.Secret}",
                new { tone = storm.Content, customInstructions = $"password={storm.Secret}" },
                Ct
            )
        )
        {
            Assert.Equal(500, (int)failed.StatusCode);
        }

        await Eventually.TrueAsync(
            () =>
                Task.FromResult(
                    !telegram.Messages.IsEmpty
                        && !telegram.Posts.IsEmpty
                        && smtp.Messages.Any(m => m.Contains("operators@example.com", StringComparison.Ordinal))
                ),
            "alerts arrive on all channels",
            TimeSpan.FromSeconds(60)
        );
        await Eventually.TrueAsync(
            async () => await database.Db.ScalarAsync<long>("SELECT count(*) FROM error_logs", null, Ct) > 0,
            "the failure is stored"
        );
        await Eventually.TrueAsync(
            async () =>
                await database.Db.ScalarAsync<long>("SELECT count(*) FROM security_events WHERE event_type = 'failed_login'", null, Ct) > 0,
            "failures are recorded"
        );

        var found = new List<string>();
        string[] secrets =
        [
            storm.Secret,
            Hex(storm.Secret),
            .. new[] { user, admin, later, operators }.SelectMany(u => new[] { u.RefreshToken, u.AccessToken.Split('.')[2] }),
            ApiFixture.Password,
            Hex(ApiFixture.Password),
            api.JwtSecret,
        ];
        void Look(string where, string text, params string[] markers) =>
            found.AddRange(
                markers.Where(m => text.Contains(m, StringComparison.OrdinalIgnoreCase)).Select(m => $"{m} in {where}: {Around(text, m)}")
            );
        Look("the log of the API", api.LogOf(0), [.. secrets, storm.Content, storm.Address]);
        Look("the log of the worker", worker.Text, [.. secrets, storm.Content, storm.Address]);
        foreach (var path in new[] { "/metrics", "/api/v1/metrics-json", "/api/v1/metrics-dashboard" })
        {
            Look(
                path,
                await operators.Client.GetStringAsync(new Uri(path, UriKind.Relative), Ct),
                [.. secrets, storm.Content, storm.Address]
            );
        }

        Look("Telegram", string.Join('\n', telegram.Messages), [.. secrets, storm.Content, storm.Address]);
        Look("the webhook", string.Join('\n', telegram.Posts), [.. secrets, storm.Content, storm.Address]);
        Look(
            "mail",
            string.Join(
                '\n',
                smtp.Messages.SelectMany(m => m.Split('\n')).Where(line => !line.StartsWith("To:", StringComparison.Ordinal))
            ),
            [.. secrets, storm.Content, storm.Address]
        );
        foreach (
            var table in await database.Db.QueryAsync<string>(
                "SELECT c.oid::regclass::text FROM pg_class c WHERE c.relnamespace IN ('public'::regnamespace, 'ops'::regnamespace, "
                    + "'auth'::regnamespace) AND c.relkind IN ('r', 'p') AND NOT c.relispartition",
                null,
                Ct
            )
        )
        {
            string[] markers =
            [
                .. secrets,
                .. ContentLives.Contains(table, StringComparer.Ordinal) || table == "gone" ? [] : new[] { storm.Content },
                .. AddressLives.Contains(table, StringComparer.Ordinal) ? [] : new[] { storm.Address },
            ];
            foreach (
                var row in await database.Db.QueryAsync<string>(
                    $"SELECT t::text FROM {table} t WHERE t::text ILIKE ANY (@markers)",
                    new { markers = markers.Select(m => $"%{m.Replace("_", "\\_", StringComparison.Ordinal)}%").ToArray() },
                    Ct
                )
            )
            {
                Look(table, row, markers);
            }
        }

        Assert.True(found.Count == 0, string.Join('\n', found.Take(40)));
    }

    private static string Hex(string text) => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text));

    private static string Around(string text, string marker)
    {
        var at = text.IndexOf(marker, StringComparison.OrdinalIgnoreCase);
        return text[Math.Max(0, at - 160)..Math.Min(text.Length, at + marker.Length + 60)].ReplaceLineEndings(" ");
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

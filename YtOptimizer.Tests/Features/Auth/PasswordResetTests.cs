using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Mail;
using YtOptimizer.Core.Mail.Dispatch;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Auth;

/// <summary>The way by mail: asking, the outbox, the link.</summary>
public sealed class PasswordResetTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Next = "umbrella Wagon 77 ☂";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ForgotPassword_KnownAndUnknown_AnswerAlikeAndOnlyOneQueuesMail()
    {
        var user = await api.CreateUserAsync();
        var known = await ForgotAsync(user.Email);
        var nobody = $"nobody-{Guid.CreateVersion7():N}@example.com";
        Assert.Equal(known, await ForgotAsync(nobody));

        // One row each, whoever it is; the worker sorts them out, any number of workers at once.
        Assert.Equal(1, await CountAsync("SELECT count(*)::int FROM mail_outbox WHERE recipient = @id", nobody));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => DecideAsync()));
        Assert.Equal(0, await CountAsync("SELECT count(*)::int FROM mail_outbox WHERE recipient = @id", nobody));
        Assert.Equal(
            1,
            await CountAsync("SELECT count(*)::int FROM mail_outbox WHERE recipient = @id AND template = 'password_reset'", user.Email)
        );
        Assert.Equal(
            1,
            await CountAsync(
                "SELECT count(*)::int FROM security_events WHERE user_id = @id::uuid AND event_type = 'password_reset_request'",
                user.Id.ToString()
            )
        );

        // Four more requests: three messages an hour are the limit.
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(known, await ForgotAsync(user.Email));
        }

        await DecideAsync();
        Assert.Equal(3, await CountAsync("SELECT count(*)::int FROM mail_outbox WHERE recipient = @id", user.Email));
    }

    [Fact]
    public async Task ResetPassword_WithTheMailedLink_WorksOnceUnlocksAndSignsOutEverywhere()
    {
        var user = await api.CreateUserAsync();
        await ForgotAsync(user.Email);
        await using var smtp = await FakeSmtp.StartAsync();
        await SendMailAsync(smtp.Port);
        var mail = await Eventually.ValueAsync(
            () => Task.FromResult(smtp.Messages.FirstOrDefault(m => m.Contains(user.Email, StringComparison.Ordinal))),
            "the mail arrives"
        );
        var token = System
            .Text.RegularExpressions.Regex.Match(
                mail.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal),
                "token=(?<token>[A-Za-z0-9_-]{64})",
                System.Text.RegularExpressions.RegexOptions.None,
                TimeSpan.FromSeconds(1)
            )
            .Groups["token"]
            .Value;
        Assert.Equal(64, token.Length);

        using var anonymous = api.Anonymous();
        for (var i = 0; i < 5; i++)
        {
            using var failed = await anonymous.PostAsJsonAsync("/auth/login", new { email = user.Email, password = "wrong" + i }, Ct);
        }

        using var response = await anonymous.PostAsJsonAsync("/api/v1/auth/reset-password", new { token, newPassword = Next }, Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await ProfileAsync(user.Client));
        await api.SignInAsync(user.Email, Next);
        using var again = await anonymous.PostAsJsonAsync("/auth/reset-password", new { token, newPassword = "another Wagon 78" }, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        using var forged = await anonymous.PostAsJsonAsync(
            "/auth/reset-password",
            new { token = new string('A', 64), newPassword = Next },
            Ct
        );
        Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
    }

    [Fact]
    public async Task Outbox_ServerAwayThenBack_SendsExactlyOneMessage()
    {
        await api.Database.Db.ExecuteAsync("UPDATE mail_outbox SET failed_at = now() WHERE sent_at IS NULL", null, Ct);
        var user = await api.CreateUserAsync();
        await ForgotAsync(user.Email);
        await SendMailAsync(port: 1);
        var row = await api.Database.Db.FirstOrDefaultAsync<(int Attempts, bool Waiting, bool Sent)>(
            "SELECT attempts, next_attempt_at > now(), sent_at IS NOT NULL FROM mail_outbox WHERE recipient = @email",
            new { email = user.Email },
            Ct
        );
        Assert.Equal((1, true, false), row);

        // Not before its time; then once, however many workers look.
        await using var smtp = await FakeSmtp.StartAsync();
        await SendMailAsync(smtp.Port);
        Assert.DoesNotContain(smtp.Messages, m => m.Contains(user.Email, StringComparison.Ordinal));
        await api.Database.Db.ExecuteAsync(
            "UPDATE mail_outbox SET next_attempt_at = now() WHERE recipient = @email",
            new { email = user.Email },
            Ct
        );
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendMailAsync(smtp.Port)));
        await SendMailAsync(smtp.Port);
        Assert.Single(smtp.Messages, m => m.Contains(user.Email, StringComparison.Ordinal));
        Assert.Equal(
            1,
            await CountAsync("SELECT count(*)::int FROM mail_outbox WHERE recipient = @id AND sent_at IS NOT NULL", user.Email)
        );
    }

    private static async Task<HttpStatusCode> ProfileAsync(HttpClient client)
    {
        using var response = await client.GetAsync(new Uri("/api/v1/auth/profile", UriKind.Relative), Ct);
        return response.StatusCode;
    }

    private async Task<string> ForgotAsync(string email)
    {
        using var client = api.Anonymous();
        using var response = await client.PostAsJsonAsync("/api/v1/auth/forgot-password", new { email }, Ct);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Ct)}";
    }

    private Task<int> CountAsync(string sql, string id) => api.Database.Db.ScalarAsync<int>(sql, new { id }, Ct)!;

    private Task<int> DecideAsync() => ((PasswordResetRequests)api.Services.GetService(typeof(PasswordResetRequests))!).RunOnceAsync(Ct);

    private async Task SendMailAsync(int port)
    {
        await DecideAsync();
        var accounts = Options.Create(new AccountOptions { JwtSecret = api.JwtSecret });
        var smtp = Options.Create(
            new SmtpOptions
            {
                Host = "127.0.0.1",
                Port = port,
                Secure = false,
                From = "no-reply@example.com",
            }
        );
        var dispatch = new MailDispatch(
            api.Database.Db,
            new MailSender(smtp),
            new MailTemplates(new AccountKeys(accounts), accounts),
            smtp,
            new HostingEnvironment { EnvironmentName = "Production" },
            NullLogger<MailDispatch>.Instance
        );
        while (await dispatch.RunOnceAsync(Ct) > 0)
        {
            // More may be due.
        }
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Auth;

/// <summary>Whose account an address leads to, however it is written.</summary>
public sealed class AddressTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("İx", "ix")]
    [InlineData("ſam", "sam")]
    [InlineData("ａdmin", "admin")]
    [InlineData("ıpek", "ipek")]
    public async Task ForgotPassword_TwinOfAnAddress_MailsNobodyButTheOwner(string stored, string twin)
    {
        // An account of before, when any such address could be registered.
        var host = $"{Guid.CreateVersion7():N}.example.com";
        var user = await api.CreateUserAsync(email: $"first@{host}");
        var keys = new EmailKeys(api.Database.Db);
        await api.Database.Db.ExecuteAsync(
            "UPDATE profiles SET email = @email, email_key = NULL WHERE id = @id",
            new { user.Id, email = $"{stored}@{host}" },
            Ct
        );
        Assert.True(await keys.FillAsync(Ct) >= 1);

        await ForgotAsync($"{twin}@{host}");
        await DecideAsync();
        Assert.Equal(0, await CountAsync("SELECT count(*)::int FROM mail_outbox WHERE recipient LIKE '%@' || @host", host));
        await ForgotAsync($"{stored}@{host}");
        await DecideAsync();
        Assert.Equal(1, await CountAsync("SELECT count(*)::int FROM mail_outbox WHERE recipient LIKE '%@' || @host", host));
        await api.SignInAsync($"{stored}@{host}");
        Assert.Equal(HttpStatusCode.Unauthorized, await LoginAsync($"{twin}@{host}"));
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("\u212Aelvin")]
    [InlineData("  kelvin\u200b")]
    public async Task ForgotPassword_SameAddressWrittenDifferently_MailsTheStoredOne(string typed)
    {
        var host = $"{Guid.CreateVersion7():N}.example.com";
        var user = await api.CreateUserAsync(email: $"kelvin@{host}");
        await ForgotAsync((typed == "{0}" ? "KELVIN" : typed) + "@" + host.ToUpperInvariant());
        await DecideAsync();
        var recipients = await api.Database.Db.QueryAsync<string>(
            "SELECT recipient FROM mail_outbox WHERE user_id = @id AND template = 'password_reset'",
            new { user.Id },
            Ct
        );
        Assert.Equal([$"kelvin@{host}"], recipients);
    }

    [Fact]
    public async Task Login_PastedWithInvisibleCharacters_FindsTheAccount()
    {
        var user = await api.CreateUserAsync();
        Assert.Equal(HttpStatusCode.OK, await LoginAsync(user.Email + "\u200b"));
        Assert.Equal(HttpStatusCode.OK, await LoginAsync("\ufeff " + user.Email.ToUpperInvariant() + "\u00a0"));
        Assert.Equal(HttpStatusCode.BadRequest, await LoginAsync("nobody"));
    }

    [Theory]
    [InlineData("İpek@example.com", "U+0130")]
    [InlineData("pasted@example.com\u200b", "U+200B")]
    [InlineData("a@-b.com", "domain")]
    public async Task Register_AddressThatCannotBe_SaysWhy(string email, string reason)
    {
        using var client = api.Anonymous();
        using var response = await client.PostAsJsonAsync("/auth/register", new { email, password = ApiFixture.Password }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(
            reason,
            (await Tokens.JsonAsync(response)).GetProperty("errors").GetProperty("email")[0].GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Register_SameMailboxTwice_IsOneAccountHoweverWritten()
    {
        var label = "x" + Guid.CreateVersion7().ToString("N")[..12];
        await api.CreateUserAsync(email: $"rene\u0301@{label}-bücher.de");
        using var client = api.Anonymous();
        foreach (
            var again in (string[])
                [$"REN\u00c9@{label}-bu\u0308cher.de", $"ren\u00e9@{new System.Globalization.IdnMapping().GetAscii(label + "-bücher.de")}"]
        )
        {
            using var response = await client.PostAsJsonAsync("/auth/register", new { email = again, password = ApiFixture.Password }, Ct);
            Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        }
    }

    [Fact]
    public async Task Migration_OfAccountsWithOneNormalForm_KeepsTheProvenOneAndNamesTheOther()
    {
        var db = api.Database.Db;
        var host = $"{Guid.CreateVersion7():N}.example.com";
        await db.ExecuteAsync(
            """
            INSERT INTO profiles (email, email_verified_at) VALUES ('rené@' || @host, NULL), (E'rene\u0301@' || @host, now()),
                ('PLAIN@' || @host, NULL)
            """,
            new { host },
            Ct
        );
        var keys = new EmailKeys(db);
        await keys.FillAsync(Ct);
        await keys.FillAsync(Ct);
        var rows = await db.QueryAsync<(string Email, string? Key, Guid Id)>(
            "SELECT email, email_key, id FROM profiles WHERE email LIKE '%@' || @host ORDER BY email_key NULLS LAST",
            new { host },
            Ct
        );
        Assert.Equal(
            [("PLAIN@" + host, "plain@" + host), ("rene\u0301@" + host, "rené@" + host), ("rené@" + host, null)],
            rows.Select(row => (row.Email, row.Key))
        );
        var collision = Assert.Single(await keys.CollisionsAsync(50, Ct), c => c.Id == rows[2].Id);
        Assert.Equal(rows[1].Id, collision.Owner);
        await db.ExecuteAsync("DELETE FROM profiles WHERE id = @Id", new { collision.Id }, Ct);
    }

    [Fact]
    public async Task Invitation_ForAnAddress_FitsItHoweverWritten()
    {
        var admin = await api.CreateUserAsync("admin");
        var host = $"{Guid.CreateVersion7():N}.example.com";
        using var created = await admin.Client.PostAsJsonAsync("/api/v1/invitations", new { email = $"Rene\u0301@{host}" }, Ct);
        var code = (await Tokens.JsonAsync(created)).GetProperty("data").GetProperty("code").GetString();
        using var client = api.Anonymous();
        foreach (var (email, fits) in new[] { ($"REN\u00c9@{host}", true), ($"rene@{host}", false) })
        {
            using var answer = await client.PostAsJsonAsync("/api/v1/invitations/validate", new { code, email }, Ct);
            Assert.Equal(fits, (await Tokens.JsonAsync(answer)).GetProperty("success").GetBoolean());
        }
    }

    /// <summary>The database's mapping of case is not the application's: addresses are compared by their stored normal form
    /// alone.</summary>
    [Fact]
    public void Sql_NowhereMapsTheCaseOfAddresses()
    {
        string[] before = ["20261123000002_accounts.sql"];
        var files = new[] { "YtOptimizer.Api", "YtOptimizer.Core", "YtOptimizer.Worker", "supabase" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.*", SearchOption.AllDirectories))
            .Where(path => Path.GetExtension(path) is ".cs" or ".sql" && !before.Contains(Path.GetFileName(path)))
            .ToList();
        Assert.True(files.Count > 300);
        var mapping = new Regex(
            @"\b(lower|upper|initcap)\s*\((?!\))[^()]*(email|account|recipient|address)"
                + @"|(email|recipient)\w*::citext|(email|recipient)\w*\s+citext",
            RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(5)
        );
        Assert.Empty(files.Where(path => mapping.IsMatch(File.ReadAllText(path))).Select(path => Path.GetFileName(path)));
    }

    private async Task<HttpStatusCode> LoginAsync(string email)
    {
        using var client = api.Anonymous();
        using var response = await client.PostAsJsonAsync("/auth/login", new { email, password = ApiFixture.Password }, Ct);
        return response.StatusCode;
    }

    private async Task ForgotAsync(string email)
    {
        using var client = api.Anonymous();
        using var response = await client.PostAsJsonAsync("/auth/forgot-password", new { email }, Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private Task<int> DecideAsync()
    {
        var options = Options.Create(new AccountOptions { JwtSecret = api.JwtSecret });
        return new PasswordResetRequests(api.Database.Db, new AccountKeys(options), options).RunOnceAsync(Ct);
    }

    private Task<int> CountAsync(string sql, string host) => api.Database.Db.ScalarAsync<int>(sql, new { host }, Ct)!;
}

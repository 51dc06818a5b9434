using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Core.Data;

namespace YtOptimizer.AuthBenchmark;

/// <summary>Addresses that a mapping of case or of compatibility would take for one another: who gets the link to a new password.</summary>
internal static class Takeover
{
    private static readonly (string Stored, string Asked)[] Pairs =
    [
        ("\u0130x", "ix"),
        ("\u017fam", "sam"),
        ("\uff41dmin", "admin"),
        ("\u0131pek", "ipek"),
        ("\u212aelvin", "kelvin"),
        ("x\u200b", "x"),
        ("\ufb01t", "fit"),
    ];

    public static async Task RunAsync(Rig rig)
    {
        // The types of its parameters are known from then on.
        DbSetup.AddDb(new ServiceCollection());
        var db = new Db(rig.Source);
        var options = Options.Create(new AccountOptions { JwtSecret = new string('x', 64) });
        var requests = new PasswordResetRequests(db, new AccountKeys(options), options);
        foreach (var (stored, asked) in Pairs)
        {
            var host = $"{Guid.CreateVersion7():N}.example.com";
            await db.ExecuteAsync(
                "INSERT INTO profiles (email) VALUES (@email)",
                new { email = $"{stored}@{host}" },
                CancellationToken.None
            );
            await new EmailKeys(db).FillAsync(CancellationToken.None);
            await Rig.OkAsync(rig.Client.PostAsJsonAsync("/auth/forgot-password", new { email = $"{asked}@{host}" }));
            await requests.RunOnceAsync(CancellationToken.None);
            var sent = await db.QueryAsync<string>(
                "SELECT recipient FROM mail_outbox WHERE recipient LIKE '%@' || @host",
                new { host },
                CancellationToken.None
            );
            Console.WriteLine(
                $"takeover: asked for {asked}, account {Escaped(stored)}: "
                    + (
                        sent.Count == 0 ? "no mail"
                        : sent[0].StartsWith(stored + "@", StringComparison.Ordinal) ? "mail to the owner"
                        : "MAIL TO THE ADDRESS THAT WAS TYPED"
                    )
            );
        }
    }

    private static string Escaped(string text) => string.Concat(text.Select(c => c < 128 ? c.ToString() : $"U+{(int)c:X4}"));
}

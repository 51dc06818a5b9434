using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Spectre.Console;
using YtOptimizer.ServiceDefaults.Hosting;
using YtOptimizer.Worker.Hosting;

namespace YtOptimizer.Worker.Commands.Doctor;

/// <summary><c>doctor</c>: looks at configuration, connections, migrations, clock, disk and chores, and says what to do.</summary>
internal static class DoctorCommand
{
    private static readonly string[] NeedDatabase = ["database rights", "migrations", "clock", "workers", "addresses", "chores"];
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(6);

    public static Command Create(VerbHost host)
    {
        var json = new Option<bool>("--json") { Description = "Print findings as JSON." };
        var folder = SupabaseFolder.CreateOption();
        var command = new Command("doctor", "Checks the installation and says what to do. Exit code 1 when something is wrong.")
        {
            json,
            folder,
        };
        host.Run(command, async (parsed, ct) =>
        {
            var findings = await LookAsync(host, SupabaseFolder.Find(parsed.GetValue(folder)), ct);
            Print(host, findings, parsed.GetValue(json));
            return findings.Any(f => f.Status == CheckStatus.Bad) ? CommandLine.Failed : CommandLine.Done;
        });
        return command;
    }

    private static async Task<List<Finding>> LookAsync(VerbHost host, string folder, CancellationToken ct)
    {
        Task<Finding> AtAsync(string name, Func<Task<Finding>> look, Func<Exception, string>? advice = null) =>
            TryAsync(name, look, advice, ct);
        List<Finding> findings = [await AtAsync("database", () => DatabaseChecks.ServerAsync(host, ct), DatabaseChecks.Unreachable)];
        if (findings[0].Status == CheckStatus.Bad && !findings[0].Text.StartsWith("PostgreSQL", StringComparison.Ordinal))
        {
            findings.AddRange(NeedDatabase.Select(name => Finding.Advice(name, "Not looked at, because the database does not answer.")));
        }
        else
        {
            findings.Add(await AtAsync("database rights", () => DatabaseChecks.RightsAsync(host, ct)));
            findings.Add(await AtAsync("migrations", () => DatabaseChecks.MigrationsAsync(host, folder, ct)));
            findings.Add(await AtAsync("clock", () => DatabaseChecks.ClockAsync(host, ct)));
            findings.Add(
                await AtAsync(
                    "workers",
                    () => DatabaseChecks.WorkersAsync(host, ct),
                    _ => "The tables of the application cannot be read. Apply the migrations: db push"
                )
            );
            findings.Add(
                await AtAsync(
                    "addresses",
                    () => DatabaseChecks.AddressesAsync(host, ct),
                    _ => "Accounts cannot be read. Apply the migrations: db push"
                )
            );
            findings.AddRange(await ChoreChecks.ReadAsync(host, ct));
        }

        findings.Add(await AtAsync("cache", () => ConnectionChecks.CacheAsync(host), _ => ConnectionChecks.CacheAway));
        findings.Add(await AtAsync("mail", () => ConnectionChecks.MailAsync(host, ct), ConnectionChecks.MailAway));
        findings.Add(await AtAsync("telegram", () => ConnectionChecks.TelegramAsync(host, ct), _ => ConnectionChecks.TelegramAway));
        findings.Add(await AtAsync("OpenAI", () => ConnectionChecks.OpenAiAsync(host, ct), _ => ConnectionChecks.OpenAiAway));
        findings.AddRange(SettingChecks.Read(host));
        findings.Add(await AtAsync("alerts", () => Task.FromResult(SettingChecks.Alerts(host))));
        return findings;
    }

    private static async Task<Finding> TryAsync(
        string name,
        Func<Task<Finding>> look,
        Func<Exception, string>? advice,
        CancellationToken ct
    )
    {
        try
        {
            return await look().WaitAsync(TimeLimit, TimeProvider.System, ct);
        }
        catch (Exception e) when (e is InvalidOperationException or OptionsValidationException && StartupFailure.Explain(e) is not null)
        {
            // A setting, not the other side; and the exception's own text repeats its value.
            return Finding.Bad(name, StartupFailure.Explain(e)!);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return Finding.Bad(
                name,
                advice?.Invoke(e)
                    ?? (
                        e is TimeoutException
                            ? $"No answer within {TimeLimit.TotalSeconds:0} s. Run doctor again; if it stays so, see the database "
                                + $"(runbook, incident 2)."
                            : e.Message
                    )
            );
        }
    }

    private static void Print(VerbHost host, List<Finding> findings, bool json)
    {
        if (json)
        {
            host.Output.Profile.Out.Writer.WriteLine(
                JsonSerializer.Serialize(
                    findings.Select(f => new
                    {
                        f.Name,
                        mood = f.Status.ToString().ToLowerInvariant(),
                        f.Text,
                    }),
                    JsonSerializerOptions.Web
                )
            );
            return;
        }

        var table = new Table().AddColumns("", "What", "Finding");
        foreach (var finding in findings)
        {
            var (sign, color) = finding.Status switch
            {
                CheckStatus.Good => ("ok", Color.Green),
                CheckStatus.Advice => ("--", Color.Yellow),
                _ => ("!!", Color.Red),
            };
            table.AddRow(new Text(sign, new Style(color)), new Text(finding.Name), new Text(finding.Text));
        }

        host.Output.Write(table);
        var (bad, advice) = (findings.Count(f => f.Status == CheckStatus.Bad), findings.Count(f => f.Status == CheckStatus.Advice));
        host.Output.WriteLine($"{bad} wrong (!!), {advice} to consider (--), {findings.Count - bad - advice} good (ok)");
    }
}

using System.Globalization;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Leases;

namespace YtOptimizer.Worker.Commands.Doctor;

/// <summary>The last results of what workers do by themselves, and of the same by hand.</summary>
internal static class ChoreChecks
{
    // How often workers do it; what is missing here runs by hand only.
    private static readonly Dictionary<string, TimeSpan> Intervals = new(StringComparer.Ordinal)
    {
        ["retention"] = TimeSpan.FromDays(1),
        ["fold-metrics"] = TimeSpan.FromDays(1),
        ["audit-chain"] = TimeSpan.FromDays(1),
        ["daily-review"] = TimeSpan.FromDays(1),
        ["scheduled-backup"] = TimeSpan.FromDays(1),
        ["scheduled-drill"] = TimeSpan.FromDays(7),
        ["vacuum"] = TimeSpan.FromDays(7),
        ["weekly-review"] = TimeSpan.FromDays(7),
    };

    public static async Task<IReadOnlyList<Finding>> ReadAsync(VerbHost host, CancellationToken ct)
    {
        IReadOnlyList<MaintenanceRecord.Run> runs;
        try
        {
            runs = await new MaintenanceRecord(new Db(host.Database)).ListAsync(ct);
        }
        catch (Npgsql.NpgsqlException)
        {
            return [Finding.Bad("chores", "Their record cannot be read. Apply the migrations: db push")];
        }

        var findings = runs.Select(Judge).ToList();
        if (runs.All(r => !r.Task.EndsWith("backup", StringComparison.Ordinal)))
        {
            findings.Add(
                Finding.Advice(
                    "chore backup",
                    "No backup was ever taken with this program: backup, then drill. Set BACKUP_DIR on the workers for one every day."
                )
            );
        }

        return findings;
    }

    private static Finding Judge(MaintenanceRecord.Run run)
    {
        var name = "chore " + run.Task;
        var text = string.Create(
                CultureInfo.InvariantCulture,
                $"{(run.Succeeded ? "done" : "failed")} {run.FinishedAt:yyyy-MM-dd HH:mm} UTC {run.Detail}"
            )
            .TrimEnd();
        var age = TimeProvider.System.GetUtcNow().UtcDateTime - run.FinishedAt;
        return !run.Succeeded ? Finding.Bad(name, text + " See the runbook, Maintenance Tasks; workers try again by themselves.")
            : Intervals.TryGetValue(run.Task, out var every) && age > every * 2
                ? Finding.Bad(name, text + ". It is overdue: is a worker running, with the same settings as before?")
            : Finding.Good(name, text);
    }
}

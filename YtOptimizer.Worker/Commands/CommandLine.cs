using System.CommandLine;
using YtOptimizer.Worker.Commands.Doctor;

namespace YtOptimizer.Worker.Commands;

/// <summary>The operators' verbs. Exit codes: 0 done, 1 failed or wrong usage, 2 a check found something to do.</summary>
internal static class CommandLine
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int ToDo = 2;

    private static readonly string[] HelpOptions = ["--help", "-h", "-?", "/?", "--version"];

    /// <summary>Whether the arguments name a verb; anything else that begins with a dash is configuration for the worker
    /// (<c>--Jobs:Concurrency 4</c>).</summary>
    public static bool IsVerb(string[] args) =>
        args.Length > 0 && (!args[0].StartsWith('-') || HelpOptions.Contains(args[0], StringComparer.Ordinal));

    public static async Task<int> RunAsync(string[] args, CancellationToken ct = default)
    {
        await using var host = new VerbHost();
        return await Create(host).Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, ct);
    }

    /// <summary>All verbs, listed by hand.</summary>
    internal static RootCommand Create(VerbHost host) =>
        new("YtOptimizer worker. Without a verb it claims and runs jobs until it is stopped.")
        {
            DbCommand.Create(host),
            AuditCommand.Create(host),
            BackupCommand.CreateBackup(host),
            BackupCommand.CreateRestore(host),
            BackupCommand.CreateDrill(host),
            AlertsCommand.Create(host),
            SecretsCommand.Create(host),
            MaintenanceCommand.Create(host),
            DoctorCommand.Create(host),
            OpsCommand.Create(host),
            JobsCommand.Create(host),
            AnalyzeCommand.Create(),
            HealthCommand.Create(),
        };
}

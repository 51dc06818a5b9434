using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using YtOptimizer.Core.Jobs;

namespace YtOptimizer.Worker.Commands;

/// <summary><c>jobs stats|list-dead|show|redrive|discard|rescue|purge</c>: the queue for operators.</summary>
internal static class JobsCommand
{
    public static Command Create(VerbHost host) =>
        new("jobs", "The job queue: figures, dead letters, rescue.")
        {
            Stats(host),
            ListDead(host),
            Redrive(host),
            Discard(host),
            Rescue(host),
            Purge(host),
        };

    private static Command Stats(VerbHost host)
    {
        var command = new Command("stats", "Shows how many jobs wait, run and are dead.");
        host.Run(command, async (_, ct) =>
        {
            var snapshot = await host.Services.GetRequiredService<QueueStats>().ReadAsync(TimeSpan.Zero, ct);
            host.Output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"waiting {snapshot.Pending}, running {snapshot.Running}, dead {snapshot.Dead}, oldest due for "
                        + $"{snapshot.OldestSeconds:F0} s"
                )
            );
            return CommandLine.Done;
        });
        return command;
    }

    private static Command ListDead(VerbHost host)
    {
        var limit = new Option<int>("--limit") { Description = "Most rows to show.", DefaultValueFactory = _ => 50 };
        var command = new Command("list-dead", "Lists dead letters, latest first.") { limit };
        host.Run(command, async (parsed, ct) =>
        {
            var letters = await host
                .Services.GetRequiredService<DeadLetters>()
                .ListAsync(Math.Clamp(parsed.GetValue(limit), 1, 10_000), ct);
            var table = new Table().AddColumns("Job", "Type", "Reason", "Code", "Attempts", "Ended (UTC)", "Message");
            foreach (var letter in letters)
            {
                table.AddRow(
                    new Text(letter.Id.ToString()),
                    new Text(letter.JobType),
                    new Text(letter.DeadReason, new Style(Color.Red)),
                    new Text(letter.ErrorCode ?? ""),
                    new Text(letter.Attempts.ToString(CultureInfo.InvariantCulture)),
                    new Text(letter.CompletedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
                    new Text(letter.ErrorMessage ?? "")
                );
            }

            host.Output.Write(table);
            host.Output.WriteLine(
                letters.Count == 0
                    ? "No dead letters."
                    : $"{letters.Count} shown. Start one again with jobs redrive ID, or all with jobs redrive --all."
            );
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Redrive(VerbHost host)
    {
        var id = new Argument<Guid?>("id") { Description = "The job.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "All dead letters." };
        var reason = new Option<string?>("--reason") { Description = "With --all: only those with this reason." };
        var command = new Command("redrive", "Queues dead letters again, with fresh attempts, under their owners' caps and plans.")
        {
            id,
            all,
            reason,
        };
        host.Run(command, async (parsed, ct) =>
        {
            var letters = host.Services.GetRequiredService<DeadLetters>();
            if ((parsed.GetValue(id) is null) == !parsed.GetValue(all))
            {
                return host.Fail("Name one job, or say --all.");
            }

            Guid[] ids = parsed.GetValue(id) is { } one
                ? [one]
                :
                [
                    .. (await letters.ListAsync(10_000, ct))
                        .Where(letter => parsed.GetValue(reason) is not { } wanted || letter.DeadReason == wanted)
                        .Select(letter => letter.Id),
                ];
            var refused = 0;
            foreach (var job in ids)
            {
                var outcome = (await letters.RedriveAsync(job, ct))?.Outcome ?? "not a dead letter";
                refused += outcome == "restarted" ? 0 : 1;
                host.Output.WriteLine($"{job} {outcome}");
            }

            return refused == 0 ? CommandLine.Done : CommandLine.ToDo;
        });
        return command;
    }

    private static Command Discard(VerbHost host)
    {
        var id = new Argument<Guid>("id") { Description = "The job." };
        var command = new Command("discard", "Gives a dead letter up: it stays failed and is purged with the finished jobs.") { id };
        host.Run(command, async (parsed, ct) =>
            await host.Services.GetRequiredService<DeadLetters>().DiscardAsync(parsed.GetValue(id), ct)
                ? CommandLine.Done
                : host.Fail("No dead letter has this id.")
        );
        return command;
    }

    private static Command Rescue(VerbHost host)
    {
        var command = new Command(
            "rescue",
            "Gives the jobs of silent workers back to the queue at once; workers take them over by themselves within seconds."
        );
        host.Run(command, async (_, ct) =>
        {
            var result = await host.Services.GetRequiredService<JobRescue>().RunAsync(ct);
            host.Output.WriteLine($"{result.Requeued} queued again, {result.Quarantined} set aside, {result.Lanes} users woken.");
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Purge(VerbHost host)
    {
        var command = new Command(
            "purge",
            "Deletes finished jobs past their retention, expired keys and forgotten uploads; workers do this every hour."
        );
        host.Run(command, async (_, ct) =>
        {
            var retention = host.Services.GetRequiredService<JobRetention>();
            var total = 0;
            for (int deleted; (deleted = await retention.PurgeBatchAsync(ct)) > 0; )
            {
                total += deleted;
            }

            total += await retention.PurgeUploadsAsync(ct);
            host.Output.WriteLine($"{total} rows and files deleted.");
            return CommandLine.Done;
        });
        return command;
    }
}

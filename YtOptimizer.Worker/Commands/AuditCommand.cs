using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Worker.Commands;

/// <summary><c>audit verify|anchor</c>: whether the audit trail and the security events are as they were written.</summary>
internal static class AuditCommand
{
    public static Command Create(VerbHost host) =>
        new("audit", "The append-only records and their hash chains.") { Verify(host), Anchor(host) };

    private static Command Verify(VerbHost host)
    {
        var anchors = new Option<FileInfo?>("--anchors")
        {
            Description = "File of heads that 'audit anchor' wrote: each must still be in its chain.",
        };
        var command = new Command(
            "verify",
            "Finds changed, removed, inserted and reordered rows, and a cut-off end. Exit code 2 when it finds any."
        )
        {
            anchors,
        };
        host.Run(command, async (parsed, ct) =>
        {
            var chain = new AuditChain(new Db(host.Database));
            var defects = 0;
            foreach (var name in AuditChain.Chains)
            {
                var found = await chain.VerifyAsync(name, ct);
                defects += found.Count;
                foreach (var defect in found)
                {
                    host.Output.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{name}: {defect.Problem}, place {defect.Seq?.ToString(CultureInfo.InvariantCulture) ?? "-"}, row "
                                + $"{defect.RowId?.ToString() ?? "-"}"
                        )
                    );
                }

                if (found.Count == 0 && await chain.HeadAsync(name, ct) is { } head)
                {
                    host.Output.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{name}: whole, {head.Seq} links, head {(head.Hash.Length == 0 ? "-" : head.Hash)}"
                        )
                    );
                }
            }

            defects += await CompareAsync(host, chain, parsed.GetValue(anchors), ct);
            return defects == 0 ? CommandLine.Done : CommandLine.ToDo;
        });
        return command;
    }

    private static Command Anchor(VerbHost host)
    {
        var file = new Option<FileInfo?>("--file")
        {
            Description = "Append to this file, on storage that the database's administrators cannot write.",
        };
        var command = new Command("anchor", "Prints the heads of the chains, to be kept elsewhere: 'chain seq hash' a line.") { file };
        host.Run(command, async (parsed, ct) =>
        {
            var chain = new AuditChain(new Db(host.Database));
            while (await chain.SealAsync(ct) > 0) { }

            foreach (var name in AuditChain.Chains)
            {
                if (await chain.HeadAsync(name, ct) is { Seq: > 0 } head)
                {
                    var line = string.Create(CultureInfo.InvariantCulture, $"{head.Chain} {head.Seq} {head.Hash}");
                    host.Output.WriteLine(line);
                    if (parsed.GetValue(file) is { } target)
                    {
                        await File.AppendAllLinesAsync(target.FullName, [line], ct);
                    }
                }
            }

            return CommandLine.Done;
        });
        return command;
    }

    private static async Task<int> CompareAsync(VerbHost host, AuditChain chain, FileInfo? file, CancellationToken ct)
    {
        if (file is null)
        {
            return 0;
        }

        if (!file.Exists)
        {
            return host.Fail($"There is no file {file.FullName}. Write one with: audit anchor --file {file.FullName}");
        }

        var missing = 0;
        foreach (var line in await File.ReadAllLinesAsync(file.FullName, ct))
        {
            // Lines of the API's log serve too: the last three words count.
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 3 || !long.TryParse(words[^2], CultureInfo.InvariantCulture, out var seq))
            {
                continue;
            }

            if (!await chain.HoldsAsync(new AuditChain.Head(words[^3], seq, words[^1]), ct))
            {
                missing++;
                host.Output.WriteLine(
                    string.Create(CultureInfo.InvariantCulture, $"{words[^3]}: the anchored head at place {seq} is no longer in the chain")
                );
            }
        }

        return missing;
    }
}

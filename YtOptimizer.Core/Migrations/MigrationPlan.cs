namespace YtOptimizer.Core.Migrations;

/// <summary>State of one version: the file, the ledger's row, or both.</summary>
public sealed record MigrationState(string Version, string Name, MigrationFile? File, AppliedMigration? Applied)
{
    public bool IsPending => Applied is null;

    /// <summary>Applied with another text than the file has now.</summary>
    public bool IsEdited => File is not null && Applied?.Checksum is { } checksum && checksum != File.Checksum;

    /// <summary>Applied, and the file is gone.</summary>
    public bool IsMissing => File is null;
}

/// <summary>Files and ledger side by side, and what speaks against going on.</summary>
public sealed record MigrationPlan(IReadOnlyList<MigrationState> States)
{
    public IEnumerable<MigrationFile> Pending => States.Where(state => state.IsPending).Select(state => state.File!);

    public static MigrationPlan From(IReadOnlyList<MigrationFile> files, IReadOnlyList<AppliedMigration> applied)
    {
        var rows = applied.ToDictionary(row => row.Version, StringComparer.Ordinal);
        var states = files
            .Select(file => new MigrationState(file.Version, file.Name, file, rows.GetValueOrDefault(file.Version)))
            .Concat(
                applied
                    .Where(row => files.All(file => file.Version != row.Version))
                    .Select(row => new MigrationState(row.Version, row.Name ?? "", null, row))
            )
            .OrderBy(state => state.Version, StringComparer.Ordinal);
        return new MigrationPlan([.. states]);
    }

    /// <summary>
    /// Sentences that say why pushing would be wrong. A database that is ahead of all files is fine: that is an older build during a
    /// roll-back or a rolling deployment, and migrations keep one version of compatibility.
    /// </summary>
    public IReadOnlyList<string> Problems(bool includeAll)
    {
        var problems = new List<string>();
        foreach (var state in States.Where(state => state.IsEdited))
        {
            problems.Add(
                $"{state.File!.FileName} was edited after it was applied. Undo the edit and put the change into a new migration (db "
                    + $"new <name>); "
                    + $"if only comments or blanks changed: db repair --status applied {state.Version}"
            );
        }

        var newestFile = States.LastOrDefault(state => state.File is not null)?.Version ?? "";
        foreach (var state in States.Where(state => state.IsMissing && string.CompareOrdinal(state.Version, newestFile) < 0))
        {
            problems.Add(
                $"Version {state.Version} {state.Name} is applied, but its file is missing. Restore "
                    + $"supabase/migrations/{state.Version}_{state.Name}.sql; "
                    + $"if the migration was withdrawn and undone by hand: db repair --status reverted {state.Version}"
            );
        }

        var newestApplied = States.LastOrDefault(state => state.Applied is not null)?.Version ?? "";
        if (!includeAll)
        {
            foreach (var state in States.Where(state => state.IsPending && string.CompareOrdinal(state.Version, newestApplied) < 0))
            {
                problems.Add(
                    $"{state.File!.FileName} is not applied, although the later {newestApplied} is. Give it a later version, or apply it "
                        + $"now with: db push --include-all"
                );
            }
        }

        return problems;
    }
}

namespace YtOptimizer.Core.Backups;

/// <summary>What a backup holds; the last entry of the archive, so a truncated file has none.</summary>
public sealed record BackupManifest
{
    public const string EntryName = "manifest.json";
    public const int CurrentFormat = 1;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>Time of the snapshot, by the database's clock.</summary>
    public DateTimeOffset TakenAt { get; init; }

    public string ServerVersion { get; init; } = "";

    public string Database { get; init; } = "";

    /// <summary>Versions of the migrations that were applied.</summary>
    public IReadOnlyList<string> Migrations { get; init; } = [];

    public IReadOnlyList<TableBackup> Tables { get; init; } = [];

    public IReadOnlyList<SequenceBackup> Sequences { get; init; } = [];
}

/// <param name="Name">Qualified and quoted.</param>
/// <param name="Columns">Stored columns in order; generated ones are left out.</param>
/// <param name="Rows">Rows in the snapshot.</param>
/// <param name="Sha256">Of the entry's bytes, hexadecimal.</param>
public sealed record TableBackup(string Name, IReadOnlyList<string> Columns, long Rows, string Sha256)
{
    public string EntryName => $"tables/{Name}.copy";
}

public sealed record SequenceBackup(string Name, long LastValue, bool IsCalled);

/// <summary>One step for people who watch: "profiles", 3 of 40.</summary>
public sealed record BackupProgress(string Step, int Done, int Total);

/// <summary>A backup that cannot be written, read or restored; the text says why and what to do.</summary>
public sealed class BackupException(string message, Exception? innerException = null) : Exception(message, innerException);

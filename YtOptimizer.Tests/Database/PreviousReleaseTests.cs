using System.Text.RegularExpressions;
using Npgsql;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Database;

/// <summary>
/// During a rolling update, and after a roll-back, programs of the release before run on the new schema. Each statement that they are known
/// to send (recorded from their own tests) is prepared against today's schema, with the application's rights.
/// </summary>
public sealed partial class PreviousReleaseTests
{
    /// <summary>The release before the one that is being built. How the file is made: CONTRIBUTING.md, "Releases".</summary>
    private const string Recorded = "statements-1.0.0.sql";

    /// <summary>What the server says when a parameter's type cannot be told without its value. Such a statement (one in fifteen) is tried
    /// with nulls in place of its parameters; one in twenty is left unjudged.</summary>
    private static readonly string[] Untyped =
    [
        PostgresErrorCodes.IndeterminateDatatype,
        PostgresErrorCodes.AmbiguousParameter,
        PostgresErrorCodes.AmbiguousFunction,
        PostgresErrorCodes.DatatypeMismatch,
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StatementsOfThePreviousRelease_OnTodaysSchema_ArePrepared()
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        var statements = await RecordedAsync();
        Assert.True(statements.Length > 200, $"Only {statements.Length} statements are recorded.");

        Assert.Equal([], await RefusedAsync(database, statements));
    }

    [Theory]
    [InlineData("ALTER TABLE profiles RENAME COLUMN name TO full_name")]
    [InlineData("ALTER TABLE job_queue DROP COLUMN progress CASCADE")]
    [InlineData("REVOKE SELECT ON notifications FROM ytoptimizer_app")]
    [InlineData("ALTER FUNCTION job_enqueue RENAME TO job_submit")]
    public async Task StatementsOfThePreviousRelease_OnASchemaThatTakesAway_AreRefused(string change)
    {
        await using var database = await TestDatabase.CreateAsync(Ct);
        await database.Db.ExecuteAsync(change, null, Ct);
        var statements = await RecordedAsync();

        Assert.NotEmpty(await RefusedAsync(database, statements));
    }

    private static async Task<string[]> RecordedAsync() =>
        (await File.ReadAllTextAsync(Repository.PathOf("YtOptimizer.Tests", "Database", Recorded), Ct)).Split(StatementLog.Separator);

    private static async Task<List<string>> RefusedAsync(TestDatabase database, string[] statements)
    {
        await using var connection = await database.ApplicationSource.OpenConnectionAsync(Ct);
        var refused = new List<string>();
        foreach (var statement in statements)
        {
            if (await ProblemAsync(connection, statement) is { } problem)
            {
                refused.Add($"{problem}: {statement}");
            }
        }

        return refused;
    }

    private static async Task<string?> ProblemAsync(NpgsqlConnection connection, string statement)
    {
        try
        {
            await ExecuteAsync(connection, $"PREPARE recorded AS {statement}");
        }
        catch (PostgresException problem) when (IsUntyped(problem))
        {
            return await ExplainAsync(connection, Parameter().Replace(statement, "NULL"), found => !IsUntyped(found));
        }
        catch (PostgresException problem)
        {
            return problem.MessageText;
        }

        // Rights are checked when a statement begins; EXPLAIN begins it and runs nothing.
        var parameters = await ScalarAsync(
            connection,
            "SELECT cardinality(parameter_types) FROM pg_prepared_statements WHERE name = 'recorded'"
        );
        var nulls = parameters == 0 ? "" : $"({string.Join(", ", Enumerable.Repeat("NULL", parameters))})";
        var found = await ExplainAsync(connection, $"EXECUTE recorded{nulls}", _ => true);
        await ExecuteAsync(connection, "DEALLOCATE recorded");
        return found;
    }

    /// <summary>A missing operator is one between wrongly guessed types: migrations take none away.</summary>
    private static bool IsUntyped(PostgresException problem) =>
        Untyped.Contains(problem.SqlState)
        || (
            problem.SqlState == PostgresErrorCodes.UndefinedFunction
            && problem.MessageText.StartsWith("operator ", StringComparison.Ordinal)
        );

    private static async Task<string?> ExplainAsync(NpgsqlConnection connection, string statement, Predicate<PostgresException> counts)
    {
        try
        {
            await ExecuteAsync(connection, $"EXPLAIN {statement}");
            return null;
        }
        catch (PostgresException problem) when (!counts(problem))
        {
            return null;
        }
        catch (PostgresException problem)
        {
            return problem.MessageText;
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task<int> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (int)(await command.ExecuteScalarAsync(Ct))!;
    }

    [GeneratedRegex(@"\$\d+", RegexOptions.None, 1000)]
    private static partial Regex Parameter();
}

using System.Text.RegularExpressions;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Database;

/// <summary>
/// While a release is rolled out, and after a roll-back, programs of the release before work with the new schema. A migration therefore
/// only adds; what takes away comes one release after its last use, and says so in a line <c>-- contract: reason</c> directly above.
/// </summary>
public sealed partial class ExpandOnlyTests
{
    /// <summary>The newest migration of the first release: nothing older than it runs.</summary>
    private const string FirstRelease = "20261129150000";

    [Fact]
    public void Migrations_AfterTheFirstRelease_OnlyAdd()
    {
        var files = Directory
            .GetFiles(Repository.PathOf("supabase", "migrations"), "*.sql")
            .Where(file => string.CompareOrdinal(Path.GetFileName(file), FirstRelease + "~") > 0);
        Assert.All(files, file => Assert.Empty(Breaking(File.ReadAllText(file)).Select(found => $"{Path.GetFileName(file)}: {found}")));
    }

    [Theory]
    [InlineData("ALTER TABLE a DROP COLUMN b;", "DROP COLUMN b")]
    [InlineData("alter table a\n  drop column b;", "drop column b")]
    [InlineData("DROP TABLE a;", "DROP TABLE a")]
    [InlineData("DROP FUNCTION f(uuid);", "DROP FUNCTION f")]
    [InlineData("ALTER TABLE a RENAME COLUMN b TO c;", "RENAME COLUMN b")]
    [InlineData("ALTER TABLE a RENAME TO c;", "RENAME TO c")]
    [InlineData("ALTER TABLE a ALTER COLUMN b TYPE text;", "ALTER COLUMN b TYPE text")]
    [InlineData("ALTER TABLE a ALTER b SET DATA TYPE text;", "ALTER b SET DATA TYPE text")]
    [InlineData("ALTER TABLE a ALTER COLUMN b SET NOT NULL;", "ALTER COLUMN b SET NOT NULL")]
    [InlineData("ALTER TABLE a ADD COLUMN b text NOT NULL;", "ADD COLUMN b text NOT NULL")]
    [InlineData("REVOKE INSERT ON a FROM service_role;", "REVOKE INSERT")]
    [InlineData("-- contract: unused since 1.1\nALTER TABLE a DROP COLUMN b;\nDROP TABLE c;", "DROP TABLE c")]
    public void Breaking_StatementThatTakesAway_IsFound(string sql, string expected) => Assert.Equal([expected], Breaking(sql));

    [Theory]
    [InlineData("ALTER TABLE a ADD COLUMN b text;")]
    [InlineData("ALTER TABLE a ADD COLUMN b text NOT NULL DEFAULT '';")]
    [InlineData("ALTER TABLE a ADD COLUMN b text DEFAULT '' NOT NULL;")]
    [InlineData("-- contract: unused since 1.1\nALTER TABLE a DROP COLUMN b;")]
    [InlineData("-- DROP TABLE a;")]
    [InlineData("COMMENT ON TABLE a IS 'DROP TABLE a';")]
    [InlineData("CREATE OR REPLACE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $x$ BEGIN DROP TABLE t; END $x$;")]
    [InlineData("CREATE TABLE a (b text NOT NULL);")]
    [InlineData("DROP POLICY IF EXISTS p ON a; DROP INDEX i; DROP TRIGGER t ON a; ALTER TABLE a DROP CONSTRAINT c;")]
    [InlineData("REVOKE ALL ON FUNCTION f() FROM public;")]
    public void Breaking_StatementThatAdds_IsNot(string sql) => Assert.Empty(Breaking(sql));

    private static IEnumerable<string> Breaking(string sql)
    {
        // A reason counts for the statement that begins on the next line.
        var excused = Contract().Replace(sql, "");
        var bare = Unread().Replace(excused, " ");
        return TakesAway()
            .Matches(bare)
            .Select(match => string.Join(' ', match.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    [GeneratedRegex("--\\s*contract:[^\\n]+\\n[^;]*;", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Contract();

    /// <summary>Comments, bodies of functions, texts.</summary>
    [GeneratedRegex(
        "--[^\\n]*|/\\*.*?\\*/|(?<tag>\\$\\w*\\$).*?\\k<tag>|'(?:[^']|'')*'",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Unread();

    [GeneratedRegex(
        """
            \bDROP\s+(TABLE|COLUMN|VIEW|MATERIALIZED\s+VIEW|TYPE|FUNCTION|SCHEMA|SEQUENCE)\s+(IF\s+EXISTS\s+)?[\w."]+
            |\bRENAME\s+(COLUMN\s+|TO\s+)?[\w."]+
            |\bALTER\s+(COLUMN\s+)?[\w"]+\s+(SET\s+DATA\s+)?TYPE\s+\w+
            |\bALTER\s+(COLUMN\s+)?[\w"]+\s+SET\s+NOT\s+NULL
            |\bADD\s+COLUMN\s+(IF\s+NOT\s+EXISTS\s+)?[\w"]+\s+(?![^,;]*\bDEFAULT\b)[^,;]*?\bNOT\s+NULL
            |\bREVOKE\s+(SELECT|INSERT|UPDATE|DELETE)\b
            """,
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        1000
    )]
    private static partial Regex TakesAway();
}

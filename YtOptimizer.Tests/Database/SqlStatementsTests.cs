using CsCheck;
using YtOptimizer.Core.Migrations;

namespace YtOptimizer.Tests.Database;

public class SqlStatementsTests
{
    [Theory]
    [InlineData("SELECT 1", 1)]
    [InlineData("SELECT 1;", 1)]
    [InlineData(";;SELECT 1;;", 1)]
    [InlineData("-- only; a comment\n/* and; another /* nested; */ */", 0)]
    [InlineData("SELECT ';', 'it''s;'; SELECT 2", 2)]
    [InlineData(@"SELECT E'\';'; SELECT 2", 2)]
    [InlineData(@"SELECT '\'; SELECT 2", 2)]
    [InlineData("SELECT \"a;\"\"b\"; SELECT 2", 2)]
    [InlineData("DO $$ BEGIN PERFORM 1; END $$; SELECT 2", 2)]
    [InlineData("DO $a$ SELECT '$$;'; $a$; SELECT $1", 2)]
    [InlineData("CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END; SELECT 3", 2)]
    [InlineData("SELECT 1 -- no; split\n; SELECT 2", 2)]
    public void Split_CountsStatements(string sql, int expected) => Assert.Equal(expected, SqlStatements.Split(sql).Count);

    [Fact]
    public void Split_LineIsThatOfTheFirstWord()
    {
        var statements = SqlStatements.Split("-- comment\n\nSELECT 1;\n/* x\n */ SELECT\n2;");
        Assert.Equal([3, 5], statements.Select(statement => statement.Line));
    }

    [Fact]
    public void Split_JoinedParts_AreFoundAgain()
    {
        string[] known =
        [
            "SELECT 1",
            "SELECT ';'",
            "DO $x$ a; b $x$",
            "SELECT \";\"",
            "INSERT INTO t VALUES (E'\\';')",
            "SELECT 1 /* ; */ + 1",
            "CREATE TABLE end_case (id int)",
        ];
        var part = Gen.Int[0, known.Length - 1].Select(i => known[i]);
        part.List[0, 12]
            .Sample(parts =>
                Assert.Equal(parts, SqlStatements.Split(string.Join(";\n-- ; '\n", parts)).Select(statement => statement.Text))
            );
    }

    [Fact]
    public void Split_AnyText_EndsAndLosesNoLetters()
    {
        const string Alphabet = "a'\"$;-/*\n E\\1";
        Gen.Int[0, Alphabet.Length - 1]
            .Array[0, 60]
            .Select(picks => string.Concat(picks.Select(i => Alphabet[i])))
            .Sample(sql =>
                Assert.All(SqlStatements.Split(sql), statement => Assert.Contains(statement.Text, sql, StringComparison.Ordinal))
            );
    }
}

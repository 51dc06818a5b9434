namespace YtOptimizer.Core.Migrations;

/// <summary>One statement of a file and the line on which it begins (1-based).</summary>
public sealed record SqlStatement(string Text, int Line);

/// <summary>
/// Splits a file into statements as psql does: a semicolon ends a statement unless it stands in a string, a quoted name, a dollar quote, a
/// comment or the body of an SQL-standard function (BEGIN ATOMIC … END).
/// </summary>
public static class SqlStatements
{
    public static IReadOnlyList<SqlStatement> Split(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return new Scanner(sql).Run();
    }

    private sealed class Scanner(string sql)
    {
        private readonly List<SqlStatement> statements = [];
        private int start;
        private int first = -1; // first character of the statement that is neither space nor comment
        private int atomic; // open BEGIN ATOMIC and the CASEs within
        private string previousWord = "";

        public List<SqlStatement> Run()
        {
            var i = 0;
            while (i < sql.Length)
            {
                var c = sql[i];
                if (c == ';' && atomic == 0)
                {
                    End(i);
                    start = ++i;
                    continue;
                }

                var next = Skip(i);
                var comment = next > i && c is '-' or '/' && next > i + 1 && IsComment(i);
                if (!comment && !char.IsWhiteSpace(c) && first < 0)
                {
                    first = i;
                }

                i = Math.Max(next, i + 1);
            }

            End(sql.Length);
            return statements;
        }

        private bool IsComment(int i) =>
            i + 1 < sql.Length && ((sql[i] == '-' && sql[i + 1] == '-') || (sql[i] == '/' && sql[i + 1] == '*'));

        private void End(int end)
        {
            if (first >= 0)
            {
                statements.Add(new SqlStatement(sql[first..end].TrimEnd(), 1 + sql.AsSpan(0, first).Count('\n')));
            }

            first = -1;
            atomic = 0;
            previousWord = "";
        }

        /// <summary>The index after the token that begins at <paramref name="i"/>.</summary>
        private int Skip(int i) =>
            sql[i] switch
            {
                '\'' => Quoted(i, '\'', escapes: i > start && sql[i - 1] is 'e' or 'E' && (i < 2 || !IsWord(sql[i - 2]))),
                '"' => Quoted(i, '"', escapes: false),
                '$' => Dollar(i),
                '-' when IsComment(i) => LineEnd(i),
                '/' when IsComment(i) => BlockComment(i),
                var c when IsWord(c) => Word(i),
                _ => i + 1,
            };

        private int Quoted(int i, char quote, bool escapes)
        {
            for (var j = i + 1; j < sql.Length; j++)
            {
                if (escapes && sql[j] == '\\')
                {
                    j++;
                }
                else if (sql[j] == quote)
                {
                    if (j + 1 >= sql.Length || sql[j + 1] != quote)
                    {
                        return j + 1;
                    }

                    j++;
                }
            }

            return sql.Length;
        }

        private int Dollar(int i)
        {
            var close = i + 1;
            while (close < sql.Length && (IsWord(sql[close]) && !(close == i + 1 && char.IsAsciiDigit(sql[close]))))
            {
                close++;
            }

            if (close >= sql.Length || sql[close] != '$')
            {
                return i + 1; // $1 and the like
            }

            var tag = sql[i..(close + 1)];
            var end = sql.IndexOf(tag, close + 1, StringComparison.Ordinal);
            return end < 0 ? sql.Length : end + tag.Length;
        }

        private int LineEnd(int i)
        {
            var end = sql.IndexOf('\n', i);
            return end < 0 ? sql.Length : end + 1;
        }

        private int BlockComment(int i)
        {
            var depth = 0;
            for (var j = i; j + 1 < sql.Length; j++)
            {
                if (sql[j] == '/' && sql[j + 1] == '*')
                {
                    depth++;
                    j++;
                }
                else if (sql[j] == '*' && sql[j + 1] == '/')
                {
                    j++;
                    if (--depth == 0)
                    {
                        return j + 1;
                    }
                }
            }

            return sql.Length;
        }

        private int Word(int i)
        {
            var end = i;
            while (end < sql.Length && (IsWord(sql[end]) || sql[end] == '$'))
            {
                end++;
            }

            var word = sql[i..end].ToUpperInvariant();
            atomic += word switch
            {
                "ATOMIC" when previousWord == "BEGIN" => 1,
                "CASE" when atomic > 0 => 1,
                "END" when atomic > 0 => -1,
                _ => 0,
            };
            previousWord = word;
            return end;
        }

        private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
    }
}

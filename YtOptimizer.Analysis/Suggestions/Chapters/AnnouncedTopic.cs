using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Chapters;

/// <summary>What a speaker says comes next: "siguiente punto, la cancelación de ruido", "vamos aos ingredientes", "続いて、お湯の温度です".</summary>
internal static class AnnouncedTopic
{
    private const int MostWords = 4;

    /// <summary>Words that may stand inside a name; anything else between two names makes a sentence of it.</summary>
    internal static readonly HashSet<string> Links = new(StringComparer.Ordinal)
    {
        "of",
        "the",
        "and",
        "for",
        "de",
        "del",
        "la",
        "el",
        "los",
        "las",
        "y",
        "da",
        "do",
        "das",
        "dos",
        "e",
        "du",
        "des",
        "et",
        "à",
        "di",
        "della",
        "dei",
        "il",
        "von",
        "der",
        "die",
        "den",
        "dem",
        "und",
        "für",
        "van",
        "het",
        "en",
        "i",
        "и",
        "och",
        "ve",
        "و",
        "a",
        "al",
        "à",
    };

    private static readonly string[] JapaneseEnds = ["です", "でした", "について", "を", "は", "が", "に", "で", "から", "も"];

    public static string? Find(Source source, string text, DiscourseWords words)
    {
        string? topic = null;
        foreach (var clause in Clauses(text))
        {
            // "Siguiente punto, la batería": the announcement may be a clause of its own.
            var form = words.Form(clause.Text);
            var begun = Begun(form, words);
            if (begun == 0)
            {
                continue;
            }

            var rest = begun >= form.Length ? clause.Next : After(clause.Text, begun, words);
            topic = Shape(source, rest) ?? topic;
        }

        return topic;
    }

    private static int Begun(string form, DiscourseWords words)
    {
        var at = 0;
        for (var k = 0; k < 3; k++)
        {
            var rest = form[at..].TrimStart();
            var skipped = form.Length - at - rest.Length;
            var open = words.Begins(rest, DiscourseKind.Open);
            if (open > 0)
            {
                return at + skipped + open;
            }

            var turn = words.Begins(rest, DiscourseKind.Turn);
            if (turn == 0)
            {
                return 0;
            }

            at += skipped + turn;
        }

        return 0;
    }

    // The part of a clause behind so many characters of its compared form.
    internal static string After(string clause, int length, DiscourseWords words)
    {
        for (var i = 1; i <= clause.Length; i++)
        {
            if (
                words.Form(clause[..i]).Length >= length
                && (i == clause.Length || words.Form(clause[..(i + 1)]).Length > length || !char.IsLetterOrDigit(clause[i]))
            )
            {
                return clause[i..].Trim();
            }
        }

        return "";
    }

    private static string? Shape(Source source, string rest)
    {
        var tokens = source.Tokens(rest);
        if (tokens.Count > 0 && tokens[0].Script is Script.Han or Script.Kana or Script.Katakana)
        {
            return Japanese(rest);
        }

        var first = tokens.FindIndex(token => !token.IsStop);
        if (first < 0)
        {
            return null;
        }

        var named = tokens.Skip(first).ToList();
        if (
            named.Count > MostWords
            || named[^1].IsStop
            || named.Exists(token => token.IsStop && !Links.Contains(token.Folded))
            || named.Exists(token => token.Has(TokenFlags.Digits))
        )
        {
            return null;
        }

        var label = rest[named[0].Start..named[^1].End];
        return label.Length >= 3 && Graphemes.Count(label) <= Limits.ChapterLabel && IsTelling(source, named) ? label : null;
    }

    // "lo importante", "the next one" name nothing.
    private static bool IsTelling(Source source, List<Token> tokens) =>
        tokens.Exists(token =>
            !token.IsStop
            && token.Length >= 4
            && source.Model.Lexicon.Word(token.Folded, null) is var usage
            && (usage.Doc == 0 || usage.Tag > 0)
            && usage.Doc * 12 < source.Model.Lexicon.Channels
        );

    private static string? Japanese(string rest)
    {
        var end = rest.Length;
        foreach (var mark in JapaneseEnds)
        {
            if (rest.IndexOf(mark, 1, StringComparison.Ordinal) is var at and > 0)
            {
                end = Math.Min(end, at);
            }
        }

        var label = rest[..end].Trim();
        var last =
            label.Length > 0 ? Scripts.Of(new System.Text.Rune(char.IsSurrogate(label[^1]) ? ' ' : label[^1]), Script.Other) : Script.Other;
        return label.Length is >= 1 and <= 16 && last is Script.Han or Script.Katakana && !label.Any(char.IsDigit) ? label : null;
    }

    private static IEnumerable<(string Text, string Next)> Clauses(string text)
    {
        var parts = text.Split(
            [',', ';', ':', '.', '!', '?', '、', '。', '，', '：', '！', '？', '،', '؟'],
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        );
        for (var i = 0; i < parts.Length; i++)
        {
            yield return (parts[i], i + 1 < parts.Length ? parts[i + 1] : "");
        }
    }
}

using System.Buffers;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>What a speaker says they are going to do, as a title: "Hoy vamos a limpiar una sartén de hierro" → "Cómo limpiar una sartén
/// de hierro", "Heute schärfen wir ein Messer" → "Ein Messer schärfen".</summary>
internal static class SpokenAim
{
    private const int MostUnits = 12;
    private const int MostWords = 9;
    private const int FewestWords = 3;
    private const int Widest = 72;
    private const int Narrowest = 12;
    private const int NarrowestUnspaced = 8;
    private static readonly SearchValues<char> ClauseEnds = SearchValues.Create(".,;!?:()…。！？、，¿¡");

    // Behind these the verb of a German or Dutch sentence is another one ("bauen … auf").
    private static readonly HashSet<string> Particles = new(
        "ab an auf aus ein mit nach vor zu weg her hin um zurück los fest vor durch af aan op uit in mee na voor toe om terug".Split(' '),
        StringComparer.Ordinal
    );

    /// <summary>Null where nothing of the kind is said near the beginning.</summary>
    public static string? Find(Source source)
    {
        var words = TitleWords.For(source.Language.Code);
        foreach (var unit in source.Speech.Units.Where(unit => unit.Kind == SpokenKind.Speech).Take(MostUnits))
        {
            foreach (var range in Sentences.Split(unit.Text))
            {
                if (Aim(source, words, unit.Text[range].Trim()) is { } title && Graphemes.DisplayWidth(title) is <= Widest)
                {
                    return Casing.Capitalize(title, source.Language.Code);
                }
            }
        }

        return null;
    }

    private static string? Aim(Source source, TitleWords words, string sentence)
    {
        foreach (var aim in words.Aims)
        {
            if (!sentence.StartsWith(aim, StringComparison.OrdinalIgnoreCase) || sentence.Length <= aim.Length)
            {
                continue;
            }

            var rest = sentence[aim.Length..];
            if (Scripts.IsUnspaced(Scripts.OfFirst(Folding.Fold(aim))) || source.Language.Code == "ko")
            {
                return NounPhrase(words, rest);
            }

            if (rest[0] != ' ')
            {
                continue;
            }

            return source.Language.Code switch
            {
                "de" or "nl" => VerbLast(source, rest.Trim()),
                _ => Deed(source, words, rest.Trim()),
            };
        }

        return null;
    }

    // "包丁の研ぎ方を紹介します" → "包丁の研ぎ方"
    private static string? NounPhrase(TitleWords words, string rest)
    {
        var text = rest.TrimStart(' ', '、', ',');
        if (words.AimEnds.Count > 0)
        {
            var end = words
                .AimEnds.Select(mark => text.IndexOf(mark, StringComparison.Ordinal))
                .Where(at => at > 0)
                .DefaultIfEmpty(-1)
                .Min();
            text = end < 0 ? "" : text[..end];
        }

        text = text.TrimEnd('。', '！', '.', '!', ' ');
        return text.AsSpan().IndexOfAny(ClauseEnds) < 0 && Graphemes.DisplayWidth(text) >= NarrowestUnspaced ? text : null;
    }

    private static string? Deed(Source source, TitleWords words, string rest)
    {
        var code = source.Language.Code;
        var clause = Clause(source, words, rest);
        var tokens = source.Tokens(clause);
        if (!IsWhole(source, tokens))
        {
            return null;
        }

        var verb = tokens[0].Folded;
        var done = code switch
        {
            "en" => TitleWords.IsVerb(verb),
            "ru" => verb.Length > 4 && (verb.EndsWith("им", StringComparison.Ordinal) || verb.EndsWith("ем", StringComparison.Ordinal)),
            _ => words.IsInfinitive(verb),
        };
        return !done || WordRoles.For(code).Weak.Contains(verb) ? null
            : words.HowToShown.Length == 0 || code == "ru" ? clause
            : $"{words.HowToShown} {clause}";
    }

    // "schärfen wir ein Messer" → "ein Messer schärfen": the form of "we" is the infinitive.
    private static string? VerbLast(Source source, string rest)
    {
        var clause = Clause(source, TitleWords.For(source.Language.Code), rest);
        var tokens = source.Tokens(clause);
        if (
            tokens.Count < FewestWords + 1
            || tokens[1].Folded is not ("wir" or "we" or "wij")
            || tokens[0].IsStop
            || !tokens[0].Folded.EndsWith('n')
            || WordRoles.For(source.Language.Code).Weak.Contains(tokens[0].Folded)
            || Particles.Contains(tokens[^1].Folded)
            || !IsWhole(source, tokens[2..])
        )
        {
            return null;
        }

        return $"{clause[tokens[2].Start..tokens[^1].End]} {clause[tokens[0].Start..tokens[0].End]}";
    }

    private static string Clause(Source source, TitleWords words, string rest)
    {
        var end = rest.AsSpan().IndexOfAny(ClauseEnds);
        var clause = end < 0 ? rest : rest[..end];
        foreach (var token in source.Tokens(clause))
        {
            if (token.Start > 20 && words.Joins.Contains(token.Folded))
            {
                return clause[..token.Start].Trim();
            }
        }

        return clause.Trim();
    }

    private static bool IsWhole(Source source, List<Token> tokens) =>
        tokens.Count is >= FewestWords - 1 and <= MostWords
        && tokens.Count(token => !token.IsStop) >= FewestWords - 1
        && tokens.Sum(token => token.Length + 1) >= Narrowest
        && !tokens[^1].IsStop
        && PhraseEdges.For(source.Language.Code).Closes(tokens[^1].Folded)
        && !tokens.Exists(token => TitleWords.Pointing.Contains(token.Folded) || TitleWords.Spoken.Contains(token.Folded));
}

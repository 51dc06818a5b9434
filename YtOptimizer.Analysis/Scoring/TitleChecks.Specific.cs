using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <content>Whether a title says something that tells it from others (T3).</content>
internal static partial class TitleChecks
{
    // Channels that use a word that is no everyday one.
    private const int Rare = 1;
    private const double Enough = 0.85;
    private const char LastWithCapitals = '\u058F';
    private const double NoName = 0.7;

    private static Check Specific(Source source, string title, List<Token> tokens)
    {
        var lexicon = source.Model.Lexicon;
        double sum = 0;
        var count = 0;
        Token? mark = null;
        // Of all main phrases: which of them comes first hangs by a hair.
        var names = Names(source);
        var titled = IsTitleCased(tokens);
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (!token.IsStop)
            {
                sum += Math.Log((lexicon.Channels + 1.0) / (lexicon.Word(token.Folded, null).Doc + 1.0));
                count++;
            }

            if (mark is null && SetsApart(source, title, tokens, i, titled, names))
            {
                mark = token;
            }
        }

        var shouts = tokens.Count(token => token.Has(TokenFlags.AllCaps)) * 2 > tokens.Count;
        mark ??= tokens.Find(token => IsMark(source, title, token, shouts)) is { Length: > 0 } other ? other : null;

        var idf = count == 0 ? 0 : sum / count;
        // What the creator tagged is what it is about, in scripts without capitals, too.
        var subject = SureSubjects.Of(source, title) is { Count: > 0 } subjects ? subjects[0] : default;
        var artist = Artist(source, title);
        var isNamed = subject.Text is { Length: > 0 } || artist is not null;
        var score = (0.6 * Math.Min(1, idf / 5)) + (mark is not null || isNamed ? 0.4 : 0);
        var isEveryday = idf < 3;
        if (mark is null && !isNamed)
        {
            return CheckCatalog.TitleSpecific.Scored(
                Math.Min(score, NoName),
                OtherScripts.Contains(source.Language.Code) && source.Language.Code is not ("ru" or "uk")
                    ? "It holds no number; which of its words are names cannot be told in this script."
                    : "Neither a number nor a word that is a name for certain was found in it.",
                "If it leaves out who, what or where, name it — only what the video shows."
            );
        }

        return CheckCatalog.TitleSpecific.Scored(
            isEveryday ? score : Math.Max(score, Enough),
            (
                subject.Text is { Length: > 0 } text && !IsCommonSubject(source, text)
                    ? $"It names “{text}”, which {(subject.IsTold ? "the description holds" : "is among your tags")}, too"
                : artist is not null ? $"It names “{artist}”"
                : mark is { } sign
                    ? $"It holds “{title.Substring(sign.Start, sign.Length)}”, "
                        + (sign.Has(TokenFlags.Digits) ? "a number" : "a name or a less common word")
                : "It holds a name or a less common word"
            ) + (isEveryday && score < Enough ? "; the other words are everyday ones." : "."),
            isEveryday && !isNamed ? "Name the thing: who, what, where, how many — only what the video shows." : ""
        );
    }

    // A single word of a script without capitals that several channels use may be no name ("誕生日").
    private static bool IsCommonSubject(Source source, string text) =>
        !text.Contains(' ', StringComparison.Ordinal)
        && text[0] > LastWithCapitals
        && source.Model.Lexicon.Word(Folding.Fold(text), null).Doc > Rare + 1;

    // The channel of a song bears the artist's name.
    private static string? Artist(Source source, string title) =>
        IsMusic(source) ? TitleSegments.Split(title, source).Find(segment => segment.Role == SegmentRole.Channel).Text : null;

    // A number, or a word that is a name for all that can be told.
    private static bool SetsApart(Source source, string title, List<Token> tokens, int i, bool titled, HashSet<string> names)
    {
        var token = tokens[i];
        if (token.Has(TokenFlags.Digits))
        {
            return true;
        }

        if (token.IsStop || source.IsEveryday(token.Folded) || PromisedWords.IsFrame(token.Folded))
        {
            return false;
        }

        var surface = title.AsSpan(token.Start, token.Length);
        // A word that the description writes small is no name, wherever the title puts it.
        var isSmall = source.Attested(token.Folded) is { Length: > 0 } form && char.IsLower(form[0]);
        var cased = token.Has(TokenFlags.Capitalized) || token.Has(TokenFlags.AllCaps);
        return names.Contains(token.Folded)
            || source.IsNamed(token.Folded)
            || (i > 0 && token.Has(TokenFlags.Capitalized) && !token.Has(TokenFlags.AllCaps) && !titled && !isSmall)
            // "PyCon", "iPhone".
            || (surface.Length > 3 && surface[1..].ContainsAnyInRange('A', 'Z') && surface.ContainsAnyInRange('a', 'z'))
            // A name in Latin letters within another script.
            || (token.Script == Script.Latin && token.Length > 2 && OtherScripts.Contains(source.Language.Code) && !IsCommon(token))
            // Where all words have capitals, those that are no everyday ones are names most of the time.
            || (cased && source.KnowsEveryday && token.Length > 3 && !isSmall && !IsCommon(token))
            || (token.Script == Script.Katakana && token.Length > 2 && source.KnowsEveryday);
    }

    // "HPC" in a title that does not shout, a brand in its own letters, "P!nk", "memcached" where the words of the language are known.
    private static bool IsMark(Source source, string title, Token token, bool shouts)
    {
        if (token.IsStop || token.Script != Script.Latin || source.IsEveryday(token.Folded) || IsCommon(token))
        {
            return false;
        }

        return (token.Has(TokenFlags.AllCaps) && token.Length is >= 2 and <= 5 && !shouts)
            || Brands.Form(token.Folded) is not null
            || (token.End + 1 < title.Length && title[token.End] is '!' or '$' && char.IsLetter(title[token.End + 1]))
            || (
                source.Language.Code == "en"
                && token.Length > 4
                && source.Model.Lexicon.Word(token.Folded, null).Doc <= Rare
                && source.Text.DescriptionTokens.Exists(own => own.Folded == token.Folded)
            );
    }

    private static bool IsCommon(Token token) => TitleParser.IsQualifier(token.Folded) || PhraseQuality.IsEverywhere(token.Folded);

    internal static bool IsTitleCased(List<Token> tokens) => tokens.Count(token => token.Has(TokenFlags.Capitalized)) > tokens.Count * 0.7;
}

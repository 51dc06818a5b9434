using System.Collections.Concurrent;
using System.Collections.Frozen;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <summary>The words of a title that promise something, and which of them the rest of the text takes up.</summary>
internal static class PromisedWords
{
    private static readonly FrozenSet<string> SeriesWords = WordList
        .Section("title-words.txt", "parts of series")
        .Select(Folding.Fold)
        .ToFrozenSet(StringComparer.Ordinal);

    // Between two names; the names are the promise.
    private static readonly FrozenSet<string> Joining = new[] { "ft", "feat", "featuring", "vs", "prod" }.ToFrozenSet(
        StringComparer.Ordinal
    );

    // "reveals", "значит", "nunca": how it is said, not what.
    private static readonly FrozenSet<string> Frame = WordList
        .Section("frame-words.txt", "frame")
        .Concat(WordList.Section("frame-words.txt", "small words"))
        .Select(Folding.Fold)
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, FrozenSet<string>> Forms = new(StringComparer.Ordinal);

    /// <summary>Which part of a series it is, of which day, in which form and under which hashtags promises nothing that a sentence has to
    /// take up.</summary>
    public static List<Token> Of(Source source, string title, List<Token> tokens)
    {
        return
        [
            .. tokens.Where(
                (token, i) =>
                    !token.IsStop
                    && !NamesAPart(tokens, i)
                    && !IsOfDate(title, tokens, i)
                    && !token.Has(TokenFlags.Hashtag)
                    && !(token.Start > 0 && title[token.Start - 1] == '#')
                    && !(token.Length == 1 && !token.IsUnspaced && token.Script != Script.Number)
                    && !Joining.Contains(token.Folded)
                    && !TitleParser.IsQualifier(token.Folded)
                    && !IsForm(source, token.Folded)
                    && !Frame.Contains(token.Folded)
                    && !IsShort(title, token)
                    && !IsCount(title, token)
                    && !IsEnding(title, token)
            ),
        ];
    }

    /// <summary>"episode", "capítulo": names a part of a series.</summary>
    public static bool IsPart(string folded) => SeriesWords.Contains(folded);

    /// <summary>Whether the word only frames what is said.</summary>
    public static bool IsFrame(string folded) => Frame.Contains(folded);

    /// <summary>"tutorial", "promo": says which kind of video it is, in the video's language or in English.</summary>
    public static bool IsForm(Source source, string folded)
    {
        var forms = Forms.GetOrAdd(source.Language.Code, FormsOf, source.Stemming);
        return forms.Contains(folded) || forms.Contains(source.Stemming.Stem(folded));
    }

    /// <summary>Whether description or speech hold the word or another form of it.</summary>
    public static bool IsTold(Source source, Token token)
    {
        var told = source.Told;
        foreach (var word in token.Folded.Split(' '))
        {
            var stem = source.Stemming.Stem(word);
            if (
                !told.Stems.Contains(stem)
                && !(word.Length >= 4 && told.Folded.Contains(word, StringComparison.Ordinal))
                && !((token.IsUnspaced || token.Script == Script.Hangul) && told.Folded.Contains(word, StringComparison.Ordinal))
                && !told.Forms.HasRelative(word)
                && !ToldParts.Holds(source, token, word)
                && !WordParticles
                    .Without(word, source.Language.Code)
                    .Any(bare =>
                        told.Stems.Contains(source.Stemming.Stem(bare))
                        || (token.Script == Script.Hangul && told.Folded.Contains(bare, StringComparison.Ordinal))
                        || told.Forms.HasRelative(bare)
                    )
            )
            {
                return false;
            }
        }

        return true;
    }

    // A description seldom repeats abbreviations ("HB", "P01"), and a single sign of Chinese or kana is no word.
    private static bool IsShort(string title, Token token) =>
        token.IsUnspaced ? token.Length == 1 || (token.Script == Script.Kana && token.Length <= 2)
        : token.Script == Script.Hangul ? token.Length == 1
        : token.Length <= 2 && token.Script != Script.Number
            || (token.Length <= 4 && token.Has(TokenFlags.Digits) && char.IsLetter(title[token.Start]));

    // "Şirin'den": what stands behind an apostrophe is an ending.
    private static bool IsEnding(string title, Token token) =>
        token.Length <= 4 && token.Start > 1 && title[token.Start - 1] is '\'' or '’' && char.IsLetter(title[token.Start - 2]);

    // How many are shown is counted by who watches; years and results have more digits or marks. A number with its unit behind it ("100万円")
    // or before it ("$50,000", "2.7kg") is counted as it is.
    private static bool IsCount(string title, Token token) =>
        (token.Script == Script.Number && (token.Length <= 2 || (token.End < title.Length && char.IsLetter(title[token.End]))))
        || (token.Has(TokenFlags.Digits) && token.Start > 1 && title[token.Start - 1] is '.' or ',' or '$' or '€' or '£' or '₹');

    private static FrozenSet<string> FormsOf(string language, Stemming stemming) =>
        Enum.GetValues<VideoKind>()
            .SelectMany(kind => KindConventions.Terms(kind, language).Concat(KindConventions.Terms(kind, "en")))
            // Terms of several words name a subject, too ("makeup tutorial").
            .Where(term => !term.Contains(' ', StringComparison.Ordinal))
            .Select(Folding.Fold)
            .SelectMany(word => new[] { word, stemming.Stem(word) })
            .ToFrozenSet(StringComparer.Ordinal);

    // "31.10.2018", "30/10", "31 Oct", "29th October", "10월 31일": when it was shown is no promise.
    private static bool IsOfDate(string title, List<Token> tokens, int i)
    {
        var token = tokens[i];
        bool Joins(int mark, int digit) =>
            mark >= 0
            && mark < title.Length
            && digit >= 0
            && digit < title.Length
            && title[mark] is '.' or '/' or '-'
            && char.IsAsciiDigit(title[digit]);
        bool IsMonth(int at) => at >= 0 && at < tokens.Count && TitleParser.IsMonth(tokens[at].Folded);
        bool IsSmallWord(int at) => at >= 0 && at < tokens.Count && tokens[at].IsStop;

        if (token.Folded.Length > 0 && char.IsAsciiDigit(token.Folded[0]))
        {
            return (token.Script == Script.Number && (Joins(token.Start - 1, token.Start - 2) || Joins(token.End, token.End + 1)))
                || token.Folded[^1] is '月' or '日' or '年' or '월' or '일' or '년'
                || IsMonth(i - 1)
                || IsMonth(i + 1)
                || (IsSmallWord(i + 1) && IsMonth(i + 2));
        }

        return IsMonth(i) && ((i > 0 && HasDigits(tokens[i - 1])) || (i + 1 < tokens.Count && HasDigits(tokens[i + 1])) || IsAfterDay(i));

        bool IsAfterDay(int at) => at > 1 && tokens[at - 1].IsStop && HasDigits(tokens[at - 2]);
    }

    private static bool HasDigits(Token token) => token.Has(TokenFlags.Digits) || token.Script == Script.Number;

    private static bool NamesAPart(List<Token> tokens, int i) =>
        IsSeriesWord(tokens[i])
        || (
            tokens[i].Script == Script.Number
            && (
                tokens[i].Folded is ['1', '9', _, _] or ['2', '0', _, _]
                || (i > 0 && IsSeriesWord(tokens[i - 1]))
                || (i + 1 < tokens.Count && IsSeriesWord(tokens[i + 1]))
            )
        );

    private static bool IsSeriesWord(Token token) => SeriesWords.Contains(token.Folded);
}

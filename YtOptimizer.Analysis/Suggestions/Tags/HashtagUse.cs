using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>What a hashtag is worth to a viewer who clicks on it: which of the creator's are about the video, which are too general, which
/// names of the title may be one, and the series that stands for a video without names.</summary>
internal static class HashtagUse
{
    private const int MostWords = 3;
    private const int LeastShared = 3;
    private const int MostKnown = 2;
    private const int MostSongWords = 6;
    private const int LongestFunction = 4;
    private const int MostChannelWords = 3;
    private const double Likely = 0.1;
    private const double Sure = 0.3;

    private static readonly string[] CaseEndings =
    [
        "ой",
        "ей",
        "ого",
        "ому",
        "ым",
        "ыми",
        "ами",
        "ями",
        "ях",
        "ах",
        "ую",
        "ею",
        "ом",
        "ем",
        "ою",
    ];

    /// <summary>Whether a hashtag of the creator shares a word with the title or is written into it.</summary>
    public static bool IsAbout(Source source, string body)
    {
        var key = Glue(body);
        if (key.Length == 0)
        {
            return false;
        }

        var title = Glue(source.SafeTitle);
        var stems = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        return (key.Length >= LeastShared && title.Contains(key, StringComparison.Ordinal))
            || (
                !FormWords.SaysNothing(source, WordForms.SplitCamel(body))
                && source.ContentStems(WordForms.SplitCamel(body)).Any(stem => stem.Length >= LeastShared && stems.Contains(stem))
            )
            || source.Text.TitleTokens.Exists(token =>
                !token.IsStop
                && token.Folded.Length > LeastShared
                && Folding.StripDiacritics(source.Stemming.Stem(token.Folded)) is { Length: > LeastShared } stem
                && key.Contains(stem, StringComparison.Ordinal)
            )
            || source.Main.Any(main => main.Phrase.Candidate.TitleCount > 0 && Glue(main.Phrase.Surface) == key);
    }

    private static readonly HashSet<string> Outcries = WordList
        .Section("title-words.txt", "outcries")
        .Select(Folding.Fold)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>"#video", "#love", "#new": one everyday word that is not the title's; "#shock".</summary>
    public static bool IsGeneral(Source source, string body)
    {
        var word = Folding.Fold(body);
        return Outcries.Contains(word)
            // "#and" of a list of marks.
            || (body.Length <= LongestFunction && char.IsLower(body[0]) && source.StopWords.Contains(word))
            || WordForms.SplitCamel(body).Trim() == body
                && (PhraseQuality.IsEverywhere(word) || TitleParser.IsQualifier(word))
                && !source.Text.TitleTokens.Exists(token => token.Folded == word);
    }

    /// <summary>Whether a name of the title is a hashtag: whole, of few words, and known to be a name.</summary>
    public static bool IsName(Source source, RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        // A song or show of four words that the creator tags as a whole.
        var whole =
            PhraseQuality.IsTagged(source, phrase)
            && candidate.Has(CandidateMarks.TitleSegment)
            && (source.Kind.About == VideoKind.Music || candidate.Has(CandidateMarks.FirstSegment))
            && !phrase.Surface.Contains('&', StringComparison.Ordinal)
            && !ClauseParts.Has(source, phrase);
        var most =
            !whole ? MostWords
            : source.Kind.About == VideoKind.Music ? MostSongWords
            : MostWords + 1;
        return candidate.Words.Length <= most
            && !HashtagForms.IsCutOff(source, phrase)
            && !(candidate.Words.Length > 2 && candidate.Stops == 0 && candidate.Words.Any(word => word.All(char.IsDigit)))
            && !IsChannel(source, phrase)
            && !IsInCase(source, candidate)
            && !EndsInOrdinal(source, candidate)
            && (!ClauseParts.Has(source, phrase) || PhraseQuality.IsTagged(source, phrase))
            && !HashtagForms.Introduces(phrase.Key)
            && !HashtagForms.IsPartCode(phrase.Key)
            && (
                candidate.Words.Length == 1
                    ? LoneWords.IsName(source, phrase) && phrase.Probability >= Likely
                    : TitleNames.IsNamed(source, phrase)
                        || phrase.Probability >= Sure
                        || PhraseQuality.IsTagged(source, phrase)
                        || source.Model.Lexicon.IsTag(phrase.Key)
            );
    }

    /// <summary>Well-known names of things that the title writes, or, in a talk, the description more than once.</summary>
    public static IEnumerable<string> KnownNames(Source source)
    {
        var title = source
            .Text.TitleTokens.Where(token => !source.IsEveryday(token.Folded) || token.Has(TokenFlags.Capitalized))
            .Select(token => token.Folded);
        var told = source
            .Text.DescriptionTokens.GroupBy(token => token.Folded, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .Where(word => !source.IsEveryday(word));
        return title
            .Concat(source.Kind.About == VideoKind.Talk ? told : [])
            .Where(word => word.Length >= LeastShared && !PhraseQuality.IsEverywhere(word))
            .Where(word => source.Model.Lexicon.Phrase(word, without: null).Tag > 1)
            .Select(Brands.Form)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .Take(MostKnown);
    }

    /// <summary>The event or programme of a video whose title names nothing, null where none is known.</summary>
    public static string? Series(Source source)
    {
        if (TagWriter.ChannelTag(source) is not { } channel || channel.Any(c => c is '|' or '(' or '/'))
        {
            return null;
        }

        return
            EventName.IsDated(channel)
            || (
                source.Kind.About is VideoKind.News or VideoKind.Sports or VideoKind.Kids
                && channel.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length <= MostChannelWords
            )
            ? channel
            : null;
    }

    /// <summary>"Виктории Федоровой": a name with the endings of a sentence.</summary>
    public static bool IsInCase(Source source, Candidate candidate) =>
        source.Language.Code is "ru" or "uk" or "be"
        && candidate.Words.Length > 1
        && candidate.Words.Any(word =>
            Array.Exists(CaseEndings, ending => word.Length > ending.Length + 2 && word.EndsWith(ending, StringComparison.Ordinal))
        );

    /// <summary>"Avlu 18" of "Avlu 18. Bölüm": the number belongs to the word behind it.</summary>
    public static bool EndsInOrdinal(Source source, Candidate candidate)
    {
        var text = candidate.TitleCount > 0 ? source.SafeTitle : source.SafeDescription;
        var end = candidate.Offset + candidate.Length;
        return candidate.Words.Length > 1
            && candidate.Words[^1].All(char.IsDigit)
            && candidate.Offset >= 0
            && end < text.Length - 1
            && text[end] == '.'
            && (text[end + 1] == ' ' || char.IsLetter(text[end + 1]));
    }

    private static bool IsChannel(Source source, RankedPhrase phrase) =>
        phrase.Candidate.Words.Length == 1
        && Folding.Fold(source.Input.ChannelTitle ?? "").Split(' ') is { Length: > 1 } name
        && name.Contains(phrase.Key, StringComparer.Ordinal);

    private static string Glue(string text) => string.Concat(Folding.Fold(Folding.StripDiacritics(text)).Where(char.IsLetterOrDigit));
}

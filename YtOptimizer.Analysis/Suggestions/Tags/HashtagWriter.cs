using System.Text;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Grounding;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Hashtags: the creator's own first, then from the best phrases. Letters and digits only, no two alike by case or
/// diacritics.</summary>
internal static class HashtagWriter
{
    private const int Longest = 30;
    private const int MostRead = 15;

    // Ends a hashtag for YouTube, although Japanese names hold it.
    private const char MiddleDot = '\u30FB';
    private const double SureTag = 0.3;

    public static List<string> Write(Source source, GroundingRules rules, int most)
    {
        var chosen = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        // "#SubscribeNow" is no subject.
        var own = Existing(source)
            .Where(tag => OwnTags.MayStay(source, WordForms.SplitCamel(tag[1..])) && !HashtagUse.IsGeneral(source, tag[1..]))
            .ToList();
        var about = own.FindAll(tag => HashtagUse.IsAbout(source, tag[1..]));
        foreach (var existing in about.Count > 0 ? about.Take(1).Concat(own) : own.Take(0))
        {
            Add(existing, chosen, seen, most);
        }

        var tagged = new Lazy<List<RankedPhrase>>(() => TagPhrases.Choose(source, rules, MostRead), LazyThreadSafetyMode.None);
        // One place stays for the creator's own.
        var room = own.Count > 0 && chosen.Count == 0 ? most - 1 : most;
        var part = SeriesName.Of(source);
        if (chosen.Count < room && part is not null)
        {
            AddNew(Make(Casing.Calm(part, source), source.Language.Code), chosen, seen, most);
        }

        RankedPhrase? joined = null;
        foreach (var phrase in Phrases(source, tagged, part).TakeWhile(_ => chosen.Count < room))
        {
            if (HashtagForms.JoinsTwo(source, phrase.Surface))
            {
                joined ??= phrase;
                continue;
            }

            AddPhrase(source, rules, phrase, chosen, seen, room);
        }

        foreach (var tag in HashtagSubjects.OfTags(source))
        {
            if (chosen.Count >= room)
            {
                break;
            }

            if (!chosen.Exists(other => IsSame(source, other, tag)))
            {
                AddNew(Make(Casing.Calm(tag, source), source.Language.Code), chosen, seen, most);
            }
        }

        // The creator's own that name something else come behind what names the video.
        foreach (var existing in own)
        {
            Add(existing, chosen, seen, most);
        }

        foreach (var topic in chosen.Count < most ? HashtagSubjects.Known(source, tagged.Value) : [])
        {
            AddNew(Make(Casing.Calm(topic.Surface, source), source.Language.Code), chosen, seen, most);
        }

        // A thing that the title names says more than the event.
        foreach (var name in chosen.Count == 0 || source.Kind.About == VideoKind.Talk ? HashtagUse.KnownNames(source) : [])
        {
            AddNew(Make(name, source.Language.Code), chosen, seen, most);
        }

        if (chosen.Count == 0 && joined is { } two)
        {
            AddPhrase(source, rules, two, chosen, seen, room);
        }

        // Viewers of a talk look for the others of the event.
        if ((chosen.Count == 0 || source.Kind.About == VideoKind.Talk) && HashtagUse.Series(source) is { } series)
        {
            AddNew(Make(series, source.Language.Code), chosen, seen, most);
        }

        // Joiners and marks at its end are no part of a hashtag.
        return [.. chosen.Select(tag => tag[..HashtagEnd.LengthOf(tag, 0)]).Where(tag => tag.Length > 1).Distinct(StringComparer.Ordinal)];
    }

    // The names of the title, then what the video is about; its tags are chosen only where those leave room. Who plays in a series
    // stands in the same list under each of its parts.
    private static IEnumerable<RankedPhrase> Phrases(Source source, Lazy<List<RankedPhrase>> tagged, string? series)
    {
        foreach (var name in HashtagSubjects.OfTitle(source, TitleNames.Of(source).FindAll(phrase => HashtagUse.IsName(source, phrase))))
        {
            yield return name;
        }

        var main = source.Main.Select(main => main.Phrase).Where(phrase => TagQuality.IsTag(source, phrase));
        foreach (
            var topic in main.Where(phrase => HashtagTopics.Has(source, phrase) && (series is null || phrase.Candidate.TitleCount > 0))
        )
        {
            yield return topic;
        }

        foreach (
            var topic in tagged.Value.Where(phrase =>
                HashtagTopics.Has(source, phrase) && (series is null || phrase.Candidate.TitleCount > 0)
            )
        )
        {
            yield return topic;
        }
    }

    private static void AddPhrase(
        Source source,
        GroundingRules rules,
        RankedPhrase phrase,
        List<string> chosen,
        HashSet<string> seen,
        int most
    )
    {
        if (chosen.Count < most && rules.IsShownTag(TagWriter.Display(phrase.Surface), likely: phrase.Probability >= SureTag))
        {
            var shown = BaseForms.Of(source, phrase);
            AddNew(Make(IsShortForm(shown) ? shown : Casing.Calm(shown, source), source.Language.Code), chosen, seen, most);
        }
    }

    // "#ЖелейногоМедведя" beside "#ЖелейныйМедведь".
    private static bool IsSame(Source source, string hashtag, string tag) =>
        source.ContentStems(WordForms.SplitCamel(hashtag[1..])).ToHashSet(StringComparer.Ordinal) is var theirs
        && source.ContentStems(tag).ToHashSet(StringComparer.Ordinal) is var own
        && (own.IsSubsetOf(theirs) || theirs.IsSubsetOf(own));

    private static void AddNew(string hashtag, List<string> chosen, HashSet<string> seen, int most)
    {
        var key = Key(hashtag[1..]);
        if (!seen.Any(other => other.Contains(key, StringComparison.Ordinal) || key.Contains(other, StringComparison.Ordinal)))
        {
            Add(hashtag, chosen, seen, most);
        }
    }

    // Without the words that a lost line break glued to them.
    private static IEnumerable<string> Existing(Source source)
    {
        var text = source.SafeDescription;
        return Existing(source.SafeTitle)
            .Concat(
                HashtagGlue.MayGlue(text)
                    ? Markup
                        .Find(text)
                        .Where(span => span.Kind == MarkupKind.Hashtag)
                        .Select(span => span with { Length = span.Length - HashtagGlue.LengthOf(text, span, source.StopWords) })
                        .Select(span => "#" + HashtagSeam.Cut(source, text, span, Unglued(text, span)))
                        .Where(tag => tag.Length > 1)
                    : Existing(text)
            );
    }

    public static IEnumerable<string> Existing(string text) =>
        Markup
            .Find(text)
            .Where(span => span.Kind == MarkupKind.Hashtag)
            .Select(span => "#" + Unglued(text, span))
            .Where(tag => tag.Length > 1);

    // "#Songhttp://…": the line break between them was lost.
    private static string Unglued(string text, MarkupSpan span)
    {
        var body = text.Substring(span.Start + 1, span.Length - 1);
        var scheme = text.AsSpan(span.End).StartsWith("://", StringComparison.Ordinal)
            ? body.EndsWith("https", StringComparison.Ordinal)
                ? 5
                : body.EndsWith("http", StringComparison.Ordinal)
                    ? 4
                    : 0
            : 0;
        return body[..^scheme];
    }

    /// <summary>"Gucci Mane" → "#GucciMane"; Hebrew and Arabic words get an underscore between them, other scripts without case are just
    /// joined.</summary>
    public static string Make(string phrase, string language = "")
    {
        var output = new StringBuilder("#");
        var start = true;
        for (var i = 0; i < phrase.Length; )
        {
            if (!Rune.TryGetRuneAt(phrase, i, out var rune))
            {
                i++;
                continue;
            }

            if (!Folding.IsWord(rune))
            {
                // Joiners, Hebrew geresh and the Catalan dot are spelling.
                if (
                    WordSigns.JoinsWord(phrase, i)
                    || (
                        output.Length > 1 && !start && WordSigns.IsInner(phrase[i]) && i + 1 < phrase.Length && char.IsLetter(phrase[i + 1])
                    )
                )
                {
                    output.Append(
                        rune.Value switch
                        {
                            '\'' or '’' => WordSigns.Geresh,
                            '"' or '”' => WordSigns.Gershayim,
                            _ => phrase[i],
                        }
                    );
                }
                else
                {
                    start = rune.Value is not ('\'' or '’');
                }
            }
            else if (rune.Value != WordSigns.Tatweel)
            {
                if (start && output.Length > 1 && IsUncasedAlphabet(rune.Value) && IsUncasedAlphabet(output[^1]))
                {
                    output.Append('_');
                }

                output.Append(start && !KeepsSmall(phrase, i) ? Casing.Capitalize(rune.ToString(), language) : rune.ToString());
                start = false;
            }

            i += rune.Utf16SequenceLength;
        }

        return output.ToString();
    }

    // "iPad", "eBay": names whose owners write them so.
    private static bool KeepsSmall(string phrase, int at)
    {
        var end = at;
        while (end < phrase.Length && char.IsLetterOrDigit(phrase[end]))
        {
            end++;
        }

        return end > at + 1
            && char.IsUpper(phrase[at + 1])
            && Brands.Form(Folding.Fold(phrase[at..end])) is { } form
            && form == phrase[at..end];
    }

    // Hebrew and Arabic have no capitals to show where a word begins; people write an underscore.
    private static bool IsUncasedAlphabet(int letter) => letter is >= 0x0590 and <= 0x08FF;

    // "СССР", "NASA".
    private static bool IsShortForm(string surface) => surface.Length <= 5 && !surface.Contains(' ', StringComparison.Ordinal);

    private static string Key(string text) => Folding.Fold(Folding.StripDiacritics(text)).Replace(" ", "", StringComparison.Ordinal);

    private static void Add(string hashtag, List<string> chosen, HashSet<string> seen, int most)
    {
        var body = hashtag[1..];
        var key = Key(body);
        if (
            chosen.Count < most
            && key.Length is >= 2 and <= Longest
            && body.EnumerateRunes().Any(Rune.IsLetter)
            && !body.Contains(MiddleDot)
            && seen.Add(key)
        )
        {
            chosen.Add(hashtag);
        }
    }
}

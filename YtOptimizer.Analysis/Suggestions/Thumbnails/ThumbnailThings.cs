using System.Text.RegularExpressions;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>The named things of a thumbnail.</summary>
/// <param name="First">What the video is about, null where nothing is sure.</param>
/// <param name="Second">A second thing, null where there is none.</param>
/// <param name="Sure">Whether both are what the kind's layouts speak of: the sides of a match, people, artist and track.</param>
internal readonly record struct Things(string? First, string? Second, bool Sure);

/// <summary>What a thumbnail can show, by name: the subject, and a second thing (other side, guest, track) where there is one.</summary>
internal static partial class ThumbnailThings
{
    private const int Widest = 44;
    private const int Read = 40;
    private const int NarrowestUnspaced = 6;

    public static Things Of(Source source)
    {
        var title = TextCleaner.Tidy(source.SafeTitle);
        switch (source.Kind.About)
        {
            case VideoKind.Sports when MatchSides(source) is { } sides:
                return new(sides.A, sides.B, true);
            case VideoKind.Music or VideoKind.Performance when SongTitle.Of(source) is { Track: not null } song:
                return new(song.Artist, song.Track, true);
            default:
                break;
        }

        var segments = TitleSegments.Split(title, source);
        var phrases = Phrases(source).Take(8).ToList();
        var stems = source.ContentStems(title).ToHashSet(StringComparer.Ordinal);
        bool IsOfTitle(string phrase) => source.ContentStems(phrase).Any(stems.Contains);
        var told = source.Kind.About is VideoKind.Talk or VideoKind.Interview;
        var guest = segments.Find(segment => segment.Role == SegmentRole.Person).Text
            ?? phrases.Find(phrase => TitleSegments.IsPerson(phrase, source) && (told || IsOfTitle(phrase)));
        // A talk's title names its topic: two words with capitals in it are no speaker.
        if (source.Kind.About == VideoKind.Talk && guest is not null && source.SafeTitle.Contains(guest, StringComparison.Ordinal))
        {
            guest = null;
        }

        if (source.Kind.About == VideoKind.Interview && guest is not null)
        {
            return new(guest, phrases.Find(phrase => !Same(phrase, guest)), true);
        }

        var spoken = SpokenReading
            .Of(source.Input.Transcript)
            .Topics(source.Language.Code, source.Model.Lexicon)
            .Where(topic => topic.Stems.Length > 1 || topic.Count > 3)
            .Select(topic => topic.Text);
        phrases.AddRange(spoken.Take(3).Where(topic => !phrases.Exists(phrase => Same(phrase, topic))));
        var film = source.Kind.About == VideoKind.Trailer ? segments.Find(segment => OverlayWords.IsFilm(source, segment)).Text : null;
        var first = film ?? phrases.Find(phrase => phrase != guest) ?? phrases.FirstOrDefault();
        if (first is null)
        {
            var topic = segments.Find(segment => segment.Role == SegmentRole.Topic).Text;
            return new(topic is { Length: >= 3 } && Graphemes.DisplayWidth(topic) <= Widest ? topic : null, guest, guest is not null);
        }

        return guest is not null && !Same(guest, first)
            ? new(first, guest, true)
            : new(first, phrases.Find(phrase => !Same(phrase, first) && (IsOfTitle(phrase) || !IsOfTitle(first))), false);
    }

    /// <summary>Phrases about the video itself that may be shown: no channel, crew, show or half a name.</summary>
    public static IEnumerable<string> Phrases(Source source)
    {
        // Read once for all phrases: folding and splitting cost more than the look-ups.
        var opening = Folding.Fold(Graphemes.Take(source.AboutText.TrimStart(), 400));
        var parts = TitleSegments.Split(source.SafeTitle, source).Select(part => Folding.Fold(part.Text)).ToHashSet(StringComparer.Ordinal);
        return source
            .Main.Select(main => main.Phrase)
            .Concat(source.Phrases.Take(Read).Where(phrase => phrase.Probability >= 0.12))
            .Where(phrase => IsShown(source, phrase, opening, parts))
            .Select(phrase => TagWriter.Display(WholeName(source, phrase)))
            .Where(text => text.Length >= 3 && Graphemes.DisplayWidth(text) <= Widest)
            .DistinctBy(Folding.Fold, StringComparer.Ordinal);
    }

    // "Acero 5" of "Señora Acero 5" is half a name; what the creator tags is whole.
    private static string WholeName(Source source, RankedPhrase phrase) =>
        phrase.Candidate.TitleCount == 0 || phrase.Candidate.Has(CandidateMarks.Unspaced)
            ? phrase.Surface
            : NameRuns.WholeInTitle(source, phrase.Surface, source.TagKeys.Contains(phrase.Key));

    private static bool IsShown(Source source, RankedPhrase phrase, string opening, HashSet<string> titleParts)
    {
        var candidate = phrase.Candidate;
        if (
            candidate.Words.Length > 4
            || candidate.Has(CandidateMarks.Stripped | CandidateMarks.Unglued | CandidateMarks.SplitHashtag | CandidateMarks.EdgeStop)
            || candidate.HashtagCount >= candidate.Total
            || (candidate.TitleCount == 0 ? candidate.Masked > 0 : candidate.IsMasked || IsOnlyAdvertised(source, candidate))
            || !IsWhole(source, phrase.Surface)
            || !PhraseQuality.IsPresentable(source, phrase)
            || !TagQuality.IsTag(source, phrase)
            || TitleSegments.IsChannel(phrase.Surface, source)
            || IsPieceOfTag(source, phrase)
            || BeginsInsideName(source, phrase)
            || FormWords.SaysNothing(source, phrase.Surface)
            || PassingMentions.Has(source, phrase)
            || OverlayWords.IsLoose(source, phrase)
        )
        {
            return false;
        }

        // What the title does not name belongs to the video only where its creator says so twice, or tags it.
        if (
            candidate.TitleCount == 0
            && (
                !opening.Contains(phrase.Key, StringComparison.Ordinal)
                || (candidate.DescriptionCount < 2 && !source.TagKeys.Contains(phrase.Key))
                || Array.TrueForAll(candidate.Words, source.IsEveryday)
            )
        )
        {
            return false;
        }

        // A stretch of the title that is written nowhere else is no unit.
        var unit =
            source.TagKeys.Contains(phrase.Key)
            || candidate.DescriptionCount > 0
            || candidate.Has(CandidateMarks.Unspaced)
            || source.Model.Lexicon.IsTag(phrase.Key)
            || titleParts.Contains(phrase.Key);
        if (!unit)
        {
            return false;
        }

        // One word stands for the subject only where it is a name or a tag, and no part of a longer name.
        return candidate.Words.Length > 1
            || (candidate.Has(CandidateMarks.Unspaced) && Graphemes.DisplayWidth(phrase.Surface) >= NarrowestUnspaced)
            || (
                (
                    source.TagKeys.Contains(phrase.Key)
                    || (
                        candidate.Capitalized >= candidate.Total
                        && (candidate.DescriptionCount > 0 || !NameRuns.WritesAllLarge(source.Text.TitleTokens))
                        && !Inflects(source.Language.Code)
                    )
                )
                && phrase.Key.Length > 3
                && candidate.TitleCount > 0
                && !IsPartOfName(source, phrase)
            );
    }

    // A sponsor's name that a title carries: the description speaks of it only where it advertises.
    private static bool IsOnlyAdvertised(Source source, Candidate candidate) =>
        candidate.DescriptionCount > 0
        && !source.TagKeys.Contains(candidate.Key)
        && candidate.Masked >= candidate.DescriptionCount
        && source.Passages.Any(passage => passage.Kind == PassageKind.Sponsor);

    // "Spaß" where the tags know "Verstehen Sie Spaß" and the text writes it out.
    private static bool IsPieceOfTag(Source source, RankedPhrase phrase)
    {
        if (phrase.Candidate.Words.Length > 2 || source.TagKeys.Contains(phrase.Key) || phrase.Candidate.Has(CandidateMarks.Unspaced))
        {
            return false;
        }

        var title = " " + Folding.Fold(source.SafeTitle) + " ";
        var piece = " " + phrase.Key + " ";
        return source.TagKeys.Any(tag =>
            tag.Length > phrase.Key.Length
            && (" " + tag + " ").Contains(piece, StringComparison.Ordinal)
            && title.Contains(" " + tag + " ", StringComparison.Ordinal)
            && title.Split(piece).Length == title.Split(" " + tag + " ").Length
        );
    }

    // "Hill tells" in "Jonah Hill tells": the name begins a word earlier wherever running text writes it.
    private static bool BeginsInsideName(Source source, RankedPhrase phrase)
    {
        if (phrase.Candidate.Words.Length < 2 || source.TagKeys.Contains(phrase.Key))
        {
            return false;
        }

        var tokens = source.Text.DescriptionTokens;
        var first = phrase.Candidate.Words[0];
        var second = phrase.Candidate.Words[1];
        var inside = 0;
        var seen = 0;
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (tokens[i].Folded != first || tokens[i + 1].Folded != second)
            {
                continue;
            }

            seen++;
            inside +=
                i > 0
                && tokens[i].Before <= Gap.Joint
                && tokens[i].Has(TokenFlags.Capitalized)
                && tokens[i - 1].Has(TokenFlags.Capitalized)
                && !tokens[i - 1].IsStop
                && !tokens[i + 1].Has(TokenFlags.Capitalized)
                    ? 1
                    : 0;
        }

        return seen > 0 && inside == seen;
    }

    // A single word of running text stands in a case; only as a tag it has its plain form.
    public static bool Inflects(string code) => code is "ru" or "uk" or "pl" or "cs" or "sk" or "lt" or "tr" or "ar" or "he";

    // "тская" of "босяТская", "ne" of "No[o]ne": cut out of a word.
    private static bool IsWhole(Source source, string surface)
    {
        foreach (var text in new[] { source.SafeTitle, source.SafeDescription })
        {
            var at = text.IndexOf(surface, StringComparison.Ordinal);
            if (at >= 0 && surface.Length > 0 && !Scripts.IsUnspaced(Scripts.OfFirst(Folding.Fold(surface))))
            {
                var before = at == 0 ? ' ' : text[at - 1];
                var end = at + surface.Length;
                var after = end >= text.Length ? ' ' : text[end];
                return !char.IsLetterOrDigit(before)
                    && before is not (']' or '[')
                    && !char.IsLetterOrDigit(after)
                    && after is not ('[' or ']');
            }
        }

        return true;
    }

    // "George" in "George Ezra": the neighbour in the title begins with a capital too.
    private static bool IsPartOfName(Source source, RankedPhrase phrase)
    {
        var tokens = source.Text.TitleTokens;
        var at = tokens.FindIndex(token => token.Folded == phrase.Key);
        return at >= 0
            && (
                (
                    at + 1 < tokens.Count
                    && tokens[at + 1].Before <= Gap.Joint
                    && tokens[at + 1].Has(TokenFlags.Capitalized)
                    && !tokens[at + 1].IsStop
                ) || (at > 0 && tokens[at].Before <= Gap.Joint && tokens[at - 1].Has(TokenFlags.Capitalized) && !tokens[at - 1].IsStop)
            );
    }

    private static bool Same(string a, string b)
    {
        var (one, other) = (Folding.Fold(a), Folding.Fold(b));
        return one.Contains(other, StringComparison.Ordinal)
            || other.Contains(one, StringComparison.Ordinal)
            || one.Split(' ').Intersect(other.Split(' '), StringComparer.Ordinal).Any();
    }

    private static string Tidy(string text) => TextCleaner.Tidy(text).Trim(' ', '-', '"', '“', '”', '\'', '.', '!');

    [GeneratedRegex(
        @"^(?<a>[^|()\[\]:\d]{2,32}?)\s*(?:\s(?:vs\.?|v|x|contra)\s|\s[-–]\s|"
            + @"\s?\d{1,2}\s?[-–:x]\s?\d{1,2}\s?)\s*(?<b>[^|()\[\]:\d]{2,32}?)(?=\s*(?:[|()\[\]:\d–]|(?<=\s)-|full|highlights|"
            + @"week\s|round\s|jornada|rodada|journée|"
            + @"resumen|résumé|$))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        Patterns.Timeout
    )]
    private static partial Regex Sides();
}

using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Suggestions.Chapters;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>Titles from speech: the "how to" that the speaker promises, the question that is answered, the subject with what is said
/// about it.</summary>
internal static class SpokenTitle
{
    private const int Widest = 72;
    private const int Narrowest = 12;
    private const int MostAspects = 3;
    private const double QuestionQuality = 0.7;
    private const double ContentsQuality = 0.66;

    /// <summary>A title for a video of which only the speech is known.</summary>
    public static string Write(Source source)
    {
        var best = Candidates(source).MaxBy(candidate => candidate.Quality);
        if (best is not null)
        {
            return best.Text;
        }

        var first = source.Speech.Units.FirstOrDefault(unit => unit.Kind == SpokenKind.Speech)?.Text ?? source.SafeTranscript;
        var tidy = TextCleaner.ReplaceAngleBrackets(TextCleaner.Tidy(first));
        var cut = Graphemes.TakeWords(tidy, Limits.Title);
        // The limit counts UTF-16 units; marks and letters of other planes take more than one each.
        for (var most = Limits.Title - 1; cut.Length > Limits.Title; most--)
        {
            cut = Graphemes.TakeWords(tidy, most);
        }

        return PhraseEdges.For(source.Language.Code).Trim(cut.TrimEnd('.', '。'), source.StopWords);
    }

    /// <summary>What a transcript adds to the titles; none without one.</summary>
    public static IEnumerable<TitleCandidate> Candidates(Source source)
    {
        if (source.Input.Transcript is null)
        {
            yield break;
        }

        var topics = Topics(source);
        var subject = topics.Count > 0 ? topics[0] : null;
        var said = StatedTitles.Write(source).ToList();
        foreach (var stated in said)
        {
            yield return stated;
        }

        // What is said once is no subject that a talk comes back to.
        if (subject is null || (subject.Count < 2 && Opening(source, topics) is not null))
        {
            if (Opening(source, topics) is { } opening)
            {
                yield return Candidate(opening, TitleApproach.Sentence, QuestionQuality, "The sentence with which the talk begins.");
            }

            yield break;
        }

        var question = Question(source, subject);
        if (question is not null)
        {
            yield return Candidate(question, TitleApproach.Question, QuestionQuality, "The question that the video answers.");
        }

        var name = Casing.Capitalize(subject.Text, source.Language.Code);
        // A list of aspects is a title only behind the subject itself.
        var contents = subject.IsStated || (subject.Stems.Length > 1 && subject.Count > 2) ? Contents(source, subject, name) : null;
        if (contents is not null)
        {
            yield return Candidate(contents, TitleApproach.Contents, ContentsQuality, "Names the subject and what is said about it.");
        }

        if (contents is null && Opening(source, topics) is { } begun)
        {
            yield return Candidate(begun, TitleApproach.Sentence, QuestionQuality, "The sentence with which the talk begins.");
        }
        else if (
            subject.Stems.Length > 1
            || (said.Count == 0 && question is null && (source.SafeTitle.Length == 0 || source.Input.HasWorkingTitle))
        )
        {
            yield return Candidate(name, TitleApproach.Names, ContentsQuality / 2, "Names what the video comes back to most.");
        }
    }

    /// <summary>Where the present title was made from the speech, it is itself the first suggestion.</summary>
    public static List<TitleSuggestion> WithWorking(Source source, List<TitleCandidate> spoken, List<TitleSuggestion> ranked, int most)
    {
        if (!source.Input.HasWorkingTitle || spoken.Find(candidate => candidate.Text == source.Input.Title) is not { } working)
        {
            return ranked;
        }

        var first = new TitleSuggestion
        {
            Text = working.Text,
            Style = TitleStyle.Searchable,
            Rank = Math.Max(working.Quality ?? 0, ranked.Count > 0 ? ranked[0].Rank : 0),
            Reasons = working.Reason is null ? [] : [working.Reason],
            Approach = char.ToLowerInvariant(working.Approach![0]) + working.Approach[1..],
            SourceSpans = SourceSpans.Find(source, working.Text),
            Source = SuggestionSource.Deterministic,
        };
        return [first, .. ranked.Take(most - 1)];
    }

    internal static TitleCandidate Candidate(string text, TitleApproach approach, double quality, string reason) =>
        new(TextCleaner.ReplaceAngleBrackets(TextCleaner.Tidy(text)), reason, SuggestionSource.Deterministic)
        {
            Approach = approach.ToString(),
            Quality = quality,
        };

    private static List<SpokenTopic> Topics(Source source) =>
        [
            .. SpokenReading
                .Of(source.Input.Transcript)
                .Topics(source.Language.Code, source.Model.Lexicon)
                .Where(topic => topic.Text.Length >= 2 && Graphemes.DisplayWidth(topic.Text) <= Widest / 2)
                .Take(8),
        ];

    // The first sentence of a short talk, where it stands by itself.
    private static string? Opening(Source source, List<SpokenTopic> topics)
    {
        var unit = source.Speech.Units.FirstOrDefault(unit => unit.Kind == SpokenKind.Speech);
        if (unit is null)
        {
            return null;
        }

        foreach (var range in Sentences.Split(unit.Text).Take(1))
        {
            var sentence = unit.Text[range].Trim().TrimEnd('.', '。', '!', '！', ' ');
            var tokens = source.Tokens(sentence);
            if (
                tokens.Count > 3
                && Sentences.IsWhole(unit.Text, range)
                && Graphemes.DisplayWidth(sentence) is >= Narrowest and <= Widest
                && !TitleSentences.Leans(sentence)
                && !tokens[^1].IsStop
                && PhraseEdges.For(source.Language.Code).Opens(tokens[0].Folded)
                && PhraseEdges.For(source.Language.Code).Closes(tokens[^1].Folded)
                && !tokens.Exists(token => TitleWords.Spoken.Contains(token.Folded))
                && !TitleSentences.IsDated(sentence)
                && (
                    topics.Count == 0
                    || topics.Take(3).Any(topic => topic.Stems.Intersect(source.ContentStems(sentence), StringComparer.Ordinal).Any())
                )
            )
            {
                return Casing.Capitalize(sentence, source.Language.Code);
            }
        }

        return null;
    }

    // A question about the subject that can be read without what was said before it.
    private static string? Question(Source source, SpokenTopic subject)
    {
        foreach (var unit in source.Speech.Units.Where(unit => unit.Kind == SpokenKind.Speech))
        {
            foreach (var range in Sentences.Split(unit.Text))
            {
                var sentence = unit.Text[range];
                if (
                    sentence[^1] is '?' or '？' or '؟'
                    && Graphemes.Count(sentence) >= Narrowest
                    && Graphemes.DisplayWidth(sentence) <= Widest
                    && !TitleSentences.Leans(sentence)
                    && Sentences.IsWhole(unit.Text, range)
                    && source.ContentStems(sentence).Intersect(subject.Stems, StringComparer.Ordinal).Any()
                    && !source.Tokens(sentence).Exists(token => TitleWords.Leaning.Contains(token.Folded))
                )
                {
                    return Casing.Capitalize(sentence, source.Language.Code);
                }
            }
        }

        return null;
    }

    // "Tides: moon, spring tide and bays": the subject, then what its parts are called.
    private static string? Contents(Source source, SpokenTopic subject, string name)
    {
        var join = WordRoles.For(source.Language.Code).Join.FirstOrDefault();
        var aspects = SpokenOutline
            .Of(source)
            .SkipLast(1)
            .Where(part =>
                !part.IsFrame
                && part.IsAnnounced
                && part.Label[^1] is not ('?' or '？' or '؟')
                && Graphemes.DisplayWidth(part.Label) <= Widest / 3
                && !part.Label.Contains($" {join} ", StringComparison.Ordinal)
                && !source.ContentStems(part.Label).Intersect(subject.Stems, StringComparer.Ordinal).Any()
            )
            .Select(part => InSentence(source, part.Label))
            .ToList();
        for (var count = Math.Min(MostAspects, aspects.Count); count >= 2; count--)
        {
            var taken = aspects.Take(count).ToList();
            var last =
                join is null || Scripts.IsUnspaced(Scripts.OfFirst(Folding.Fold(taken[^1]))) || source.Language.Code == "ar"
                    ? null
                    : $" {join} {taken[^1]}";
            var list = last is null
                ? string.Join(source.Language.Code is "ja" or "zh" ? "、" : ", ", taken)
                : string.Join(", ", taken.SkipLast(1)) + last;
            var title = source.Language.Code is "ja" or "zh" ? $"{name}｜{list}" : $"{name}: {list}";
            if (Graphemes.DisplayWidth(title) <= Widest)
            {
                return title;
            }
        }

        return null;
    }

    // Labels begin with a capital; within a title only what the speaker's words write so keeps it.
    private static string InSentence(Source source, string label)
    {
        var lower = char.ToLowerInvariant(label[0]) + label[1..];
        var space = lower.IndexOf(' ', StringComparison.Ordinal);
        return source.Language.Code != "de" && source.SafeTranscript.Contains(space < 0 ? lower : lower[..space], StringComparison.Ordinal)
            ? lower
            : label;
    }
}

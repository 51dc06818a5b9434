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
    private const int MostWords = 10;
    private const double PromiseQuality = 0.85;
    private const double QuestionQuality = 0.7;
    private const double SubjectQuality = 0.72;
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
        if (Promised(source) is { } promise)
        {
            yield return Candidate(promise, TitleApproach.HowTo, PromiseQuality, "Says what viewers learn, in the words of the video.");
        }
        else if (SpokenAim.Find(source) is { } aim)
        {
            yield return Candidate(
                aim,
                TitleApproach.HowTo,
                PromiseQuality,
                "Says what is done in the video, in the words of the speaker."
            ) with
            {
                Added = TitleWords.For(source.Language.Code).HowToShown,
            };
        }

        // What is said once is no subject that a talk comes back to.
        if (subject is null || (subject.Count < 2 && Opening(source) is not null))
        {
            if (Opening(source) is { } opening)
            {
                yield return Candidate(opening, TitleApproach.Sentence, QuestionQuality, "The sentence with which the talk begins.");
            }

            yield break;
        }

        if (Question(source, subject) is { } question)
        {
            yield return Candidate(question, TitleApproach.Question, QuestionQuality, "The question that the video answers.");
        }

        var name = Casing.Capitalize(subject.Text, source.Language.Code);
        var contents = Contents(source, subject, name);
        if (contents is not null)
        {
            yield return Candidate(contents, TitleApproach.Contents, ContentsQuality, "Names the subject and what is said about it.");
        }

        var second = topics.Skip(1).FirstOrDefault(topic => !topic.Stems.Intersect(subject.Stems, StringComparer.Ordinal).Any());
        second = second is { Count: < 2 } ? null : second;
        var telling = second is not null && (subject.Stems.Length > 1 || second.Stems.Length > 1);
        if (second is not null && (telling || contents is null) && Graphemes.DisplayWidth(name + second.Text) + 2 <= Widest)
        {
            yield return Candidate(
                $"{name}: {second.Text}",
                TitleApproach.Names,
                telling && subject.Stems.Length > 1 ? SubjectQuality : ContentsQuality - 0.05,
                "Names what the video comes back to most."
            );
        }
        else if (contents is null && Opening(source) is { } begun)
        {
            yield return Candidate(begun, TitleApproach.Sentence, QuestionQuality, "The sentence with which the talk begins.");
        }
        else if (contents is null && subject.Stems.Length > 1)
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

    private static TitleCandidate Candidate(string text, TitleApproach approach, double quality, string reason) =>
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

    // "… I'm going to show you how to fix a wobbly chair": up to the end of the clause, without "this" and "it".
    private static string? Promised(Source source)
    {
        var units = source.Speech.Units.Where(unit => unit.Kind == SpokenKind.Speech).ToList();
        foreach (var unit in units.Take(Math.Max(6, units.Count / 4)))
        {
            var tokens = source.Tokens(unit.Text);
            foreach (var opening in source.Template.HowTo.Where(words => words.Contains(' ', StringComparison.Ordinal) || words.Length > 3))
            {
                var words = Folding.Fold(opening).Split(' ');
                for (var i = 0; i + words.Length + 2 <= tokens.Count; i++)
                {
                    WorkMeter.Count();
                    if (words.Where((word, k) => tokens[i + k].Folded != word).Any())
                    {
                        continue;
                    }

                    var last = i + words.Length;
                    while (last + 1 < tokens.Count && tokens[last + 1].Before < Gap.Break && last - i < MostWords)
                    {
                        last++;
                    }

                    var clause = unit.Text[tokens[i].Start..tokens[last].End];
                    var ends = last + 1 == tokens.Count || tokens[last + 1].Before >= Gap.Break;
                    if (
                        ends
                        && !tokens[last].IsStop
                        && Graphemes.Count(clause) >= Narrowest + 6
                        && !tokens.GetRange(i, last - i + 1).Exists(token => TitleWords.Leaning.Contains(token.Folded))
                    )
                    {
                        return Casing.Capitalize(clause, source.Language.Code);
                    }
                }
            }
        }

        return null;
    }

    // The first sentence of a short talk, where it stands by itself.
    private static string? Opening(Source source)
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
            .Where(part =>
                !part.IsFrame
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

using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Grounding;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.PromptInjection;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Suggestions.Titles;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Guard;

/// <summary>The guard for one video. Not thread-safe; cheap to make.</summary>
public sealed class GroundingSession
{
    private const double LeastSpan = 0.6;

    private readonly Source source;
    private readonly LanguageMemo detector;
    private readonly GroundingRules rules;

    internal GroundingSession(Source source, LanguageDetector detector)
    {
        this.source = source;
        this.detector = new LanguageMemo(detector);
        rules = new GroundingRules(source);
    }

    public IReadOnlyList<TitleSuggestion> RankTitles(IEnumerable<TitleCandidate> candidates, AnalysisOptions? options = null) =>
        TitleRanker.Rank(rules, detector, candidates, (options ?? AnalysisOptions.Default).MaxTitles);

    /// <summary>The deterministic candidates of this video, to compete with others under one ranker.</summary>
    public IReadOnlyList<TitleCandidate> DeterministicTitles() => new TitleSuggester(source).Write();

    public GuardResult<string> CheckTitle(string title)
    {
        var violations = new List<GuardViolation>();
        var text = TextCleaner.Tidy(TextCleaner.Clean(title));
        rules.CheckTitle(text, detector, violations);
        return violations.Count == 0 ? new(true, text, violations) : new(false, null, violations);
    }

    /// <summary>Why an opening (a few sentences) is refused; it is taken whole or not at all.</summary>
    public GuardResult<string> CheckOpening(string opening)
    {
        var violations = new List<GuardViolation>();
        var text = TextCleaner.Tidy(TextCleaner.Clean(opening));
        foreach (var range in Sentences.Split(text))
        {
            rules.CheckProse(text[range], violations);
        }

        rules.CheckLanguage(text, detector, violations);
        return violations.Count == 0 ? new(true, text, violations) : new(false, null, violations);
    }

    /// <summary>Why a tag is refused.</summary>
    public GuardResult<string> CheckTag(string tag)
    {
        var violations = new List<GuardViolation>();
        var display = TagWriter.Display(TextCleaner.Clean(tag));
        if (
            Folding.Fold(display).Length == 0
            || display.Length > Limits.Tag
            || PromptInjectionDetector.IsSuspicious(display)
            || display.AsSpan().IndexOfAny('<', '>') >= 0
        )
        {
            violations.Add(new("invalid_tag", $"“{Graphemes.Take(display, 40)}”"));
        }
        else
        {
            rules.CheckTag(display, violations);
        }

        return violations.Count == 0 ? new(true, display, violations) : new(false, null, violations);
    }

    /// <summary>Why the text on a thumbnail is refused.</summary>
    public GuardResult<string> CheckOverlay(string overlay)
    {
        var violations = new List<GuardViolation>();
        var text = TextCleaner.Tidy(TextCleaner.Clean(overlay));
        rules.CheckPhrase(text, violations);
        return violations.Count == 0 ? new(true, text, violations) : new(false, null, violations);
    }

    /// <summary>
    /// Checks a whole description and takes it whole or not at all: its first sentence and four fifths of what is new must pass. What
    /// fails is left out, the creator's links, credits and disclosures are put back.
    /// </summary>
    public GuardResult<DescriptionSuggestion> CheckDescription(string description, SuggestionSource origin = SuggestionSource.Llm) =>
        new DescriptionCheck(source, rules, detector).Check(description, origin);

    public GuardResult<TagSuggestion> CheckTags(IEnumerable<string> tags, SuggestionSource origin = SuggestionSource.Llm)
    {
        var violations = new List<GuardViolation>();
        var wanted = new List<(string, double)>();
        foreach (var tag in tags.Take(100))
        {
            var check = CheckTag(tag);
            if (check is { Accepted: true, Value: { } display })
            {
                wanted.Add((display, 2 - (0.001 * wanted.Count)));
            }
            else
            {
                violations.AddRange(check.Violations);
            }
        }

        var fitted = TagWriter.Fit(wanted, 30, origin);
        return new(fitted.Tags.Count > 0, fitted.Tags.Count > 0 ? fitted : null, violations);
    }

    /// <summary>Checked tags first, then others that they lack, as far as YouTube's 500 reach.</summary>
    public static TagSuggestion MergeTags(IReadOnlyList<string> first, IReadOnlyList<string> then, int most)
    {
        var seen = first.Select(Folding.Fold).ToHashSet(StringComparer.Ordinal);
        var wanted = first.Concat(then.Where(tag => seen.Add(Folding.Fold(tag)))).Select((tag, i) => (tag, 2 - (0.001 * i)));
        return TagWriter.Fit(wanted, most, SuggestionSource.Llm);
    }

    /// <summary>Whether a short text only says again what the other one says.</summary>
    public bool Repeats(string text, string other)
    {
        var stems = rules.StemSet(text);
        return stems.Count > 0 && stems.IsSubsetOf(rules.StemSet(other));
    }

    public GuardResult<ChapterSuggestion> CheckChapters(IEnumerable<Chapter> chapters, SuggestionSource origin = SuggestionSource.Llm)
    {
        var violations = new List<GuardViolation>();
        var known = ChapterList
            .Parse(source.SafeDescription)
            .Select(chapter => chapter.Start)
            .Concat(source.Input.Transcript?.Segments.Select(segment => TimeSpan.FromSeconds(Math.Floor(segment.Start.TotalSeconds))) ?? [])
            .Distinct()
            .Order()
            .ToList();
        if (known.Count == 0)
        {
            return new(false, null, [new("no_times", "Neither description nor transcript holds times: chapters would be invented.")]);
        }

        var accepted = new List<Chapter>();
        foreach (var chapter in chapters.Take(100))
        {
            var label = TextCleaner.ReplaceAngleBrackets(TextCleaner.Tidy(TextCleaner.Clean(chapter.Title)));
            var start = chapter.Start == TimeSpan.Zero ? TimeSpan.Zero : GuardText.Nearest(known, chapter.Start);
            if (start is null)
            {
                violations.Add(new("invented_time", $"{ChapterList.Format(chapter.Start, false)} is not in the source."));
                continue;
            }

            var problems = new List<GuardViolation>();
            rules.CheckSentence(label, problems);
            if (label.Length == 0 || Graphemes.Count(label) > Limits.ChapterLabel || Markup.HasLink(label) || problems.Count > 0)
            {
                violations.AddRange(problems.Count > 0 ? problems : [new("invalid_label", $"“{Graphemes.Take(label, 60)}”")]);
                continue;
            }

            accepted.Add(new Chapter(start.Value, label));
        }

        // Chapters of half a video leave the other half without any.
        if (accepted.Count > 0 && (source.Input.Duration ?? known[^1]) is var length && accepted[^1].Start < length * LeastSpan)
        {
            violations.Add(new("not_whole", "The chapters end long before the video does."));
            return new(false, null, violations);
        }

        var repaired = ChapterList.Repair(accepted, source.Input.Duration, source.Template.Intro);
        if (repaired is null || ChapterList.Validate(repaired, source.Input.Duration).Count > 0)
        {
            violations.Add(new("too_few", "Fewer than three chapters are left."));
            return new(false, null, violations);
        }

        return new(
            true,
            new ChapterSuggestion
            {
                Chapters = repaired,
                Status = ChapterStatus.Derived,
                NeedsTimedTranscript = false,
                Source = origin,
            },
            violations
        );
    }

    public GuardResult<IReadOnlyList<string>> CheckPhrases(IEnumerable<string> phrases, int maxGraphemes)
    {
        var violations = new List<GuardViolation>();
        var kept = new List<string>();
        foreach (var phrase in phrases.Take(100))
        {
            var text = TextCleaner.Tidy(TextCleaner.Clean(phrase));
            var problems = new List<GuardViolation>();
            rules.CheckSentence(text, problems);
            if (text.Length == 0 || Graphemes.Count(text) > maxGraphemes || Markup.HasLink(text))
            {
                problems.Add(new("invalid_phrase", $"“{Graphemes.Take(text, 60)}” is empty, too long or holds a link."));
            }

            if (problems.Count > 0)
            {
                violations.AddRange(problems);
            }
            else if (!kept.Exists(other => Folding.Fold(other) == Folding.Fold(text)))
            {
                kept.Add(text);
            }
        }

        return new(kept.Count > 0, kept, violations);
    }

    public GuardResult<IReadOnlyList<string>> CheckHashtags(IEnumerable<string> hashtags, int most)
    {
        var violations = new List<GuardViolation>();
        var kept = new List<string>();
        foreach (var hashtag in hashtags.Take(60))
        {
            if (!HashtagCheck.IsSupported(source, hashtag))
            {
                violations.Add(new("unsupported_hashtag", $"“{Graphemes.Take(hashtag, 40)}” is not in the source."));
            }
            else if (kept.Count < most && !kept.Exists(other => HashtagCheck.Key(other) == HashtagCheck.Key(hashtag)))
            {
                kept.Add(HashtagWriter.Make(HashtagCheck.Bare(hashtag)));
            }
        }

        return new(kept.Count > 0, kept, violations);
    }
}

using YtOptimizer.Analysis.Chapters;
using YtOptimizer.Analysis.Grounding;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.PromptInjection;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Descriptions;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Suggestions.Titles;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis;

/// <summary>The guard for one video. Not thread-safe; cheap to make.</summary>
public sealed class GuardSession
{
    private readonly Source source;
    private readonly LanguageMemo detector;
    private readonly GroundingRules rules;

    internal GuardSession(Source source, LanguageDetector detector)
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

    public GuardResult<DescriptionSuggestion> CheckDescription(string description, SuggestionSource origin = SuggestionSource.Llm)
    {
        var violations = new List<GuardViolation>();
        var known = Markup.Links(source.Input.Description).Concat(GuardText.Emails(source.Input.Description)).ToHashSet(StringComparer.Ordinal);
        var originals = DescriptionLines.Split(TextCleaner.ReplaceAngleBrackets(source.SafeDescription)).Select(line => line.Text.Trim()).ToHashSet(StringComparer.Ordinal);
        var times = ChapterList.Parse(source.SafeDescription).Select(chapter => chapter.Start).ToHashSet();
        var kept = new List<string>();
        var written = 0;
        foreach (var line in TextCleaner.Clean(description).Split('\n').Take(400))
        {
            var trimmed = line.Trim();
            if (trimmed.Length == 0 || originals.Contains(trimmed))
            {
                kept.Add(trimmed);
                continue;
            }

            if (ChapterList.ParseLine(trimmed) is { } chapter && !times.Contains(chapter.Start))
            {
                violations.Add(new("invented_time", $"“{Graphemes.Take(trimmed, 40)}” has a time that is not in the source."));
                continue;
            }

            var sentences = new List<string>();
            foreach (var range in Sentences.Split(trimmed))
            {
                if (Keeps(trimmed[range], known, violations))
                {
                    sentences.Add(trimmed[range]);
                    written += trimmed[range].Count(char.IsLetter);
                }
            }

            if (sentences.Count > 0)
            {
                kept.Add(string.Join(' ', sentences));
            }
        }

        if (written < 30)
        {
            violations.Add(new("nothing_left", "Too little of the description is supported by the source."));
            return new(false, null, violations);
        }

        var text = Complete(kept);
        rules.CheckLanguage(string.Join(' ', kept.Where(line => !originals.Contains(line))), detector, violations);
        if (violations.Exists(violation => violation.Code == "other_language"))
        {
            return new(false, null, violations);
        }

        if (!DescriptionWriter.Fits(text))
        {
            violations.Add(new("too_long", "More than 5,000 bytes with the creator's own links and credits."));
            return new(false, null, violations);
        }

        return new(true, new DescriptionSuggestion { Text = text, Hashtags = [.. HashtagWriter.Existing(text).Distinct(StringComparer.Ordinal).Take(5)], Source = origin }, violations);
    }

    public GuardResult<TagSuggestion> CheckTags(IEnumerable<string> tags, SuggestionSource origin = SuggestionSource.Llm)
    {
        var violations = new List<GuardViolation>();
        var wanted = new List<(string, double)>();
        var joined = source.Folded.Replace(" ", "", StringComparison.Ordinal);
        foreach (var tag in tags.Take(100))
        {
            var display = TagWriter.Display(TextCleaner.Clean(tag));
            var key = Folding.Fold(display);
            if (key.Length == 0 || display.Length > Limits.Tag || Suspicious.IsSuspicious(display) || display.AsSpan().IndexOfAny('<', '>') >= 0)
            {
                violations.Add(new("invalid_tag", $"“{Graphemes.Take(display, 40)}”"));
                continue;
            }

            var glued = key.Length >= 6 && !key.Contains(' ', StringComparison.Ordinal) && joined.Contains(key, StringComparison.Ordinal);
            if (!glued && !IsSupported(display, out var word))
            {
                violations.Add(new("unsupported_word", $"“{word}” is not in the source."));
                continue;
            }

            wanted.Add((display, 2 - (0.001 * wanted.Count)));
        }

        var fitted = TagWriter.Fit(wanted, 30, origin);
        return new(fitted.Tags.Count > 0, fitted.Tags.Count > 0 ? fitted : null, violations);
    }

    public GuardResult<ChapterSuggestion> CheckChapters(IEnumerable<Chapter> chapters, SuggestionSource origin = SuggestionSource.Llm)
    {
        var violations = new List<GuardViolation>();
        var known = ChapterList.Parse(source.SafeDescription).Select(chapter => chapter.Start)
            .Concat(source.Input.Transcript?.Segments.Select(segment => TimeSpan.FromSeconds(Math.Floor(segment.Start.TotalSeconds))) ?? [])
            .Distinct().Order().ToList();
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

        var repaired = ChapterList.Repair(accepted, source.Input.Duration, source.Template.Intro);
        if (repaired is null || ChapterList.Validate(repaired, source.Input.Duration).Count > 0)
        {
            violations.Add(new("too_few", "Fewer than three chapters are left."));
            return new(false, null, violations);
        }

        return new(true, new ChapterSuggestion { Chapters = repaired, Status = ChapterStatus.Derived, NeedsTimedTranscript = false, Source = origin }, violations);
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
        var joined = Folding.StripDiacritics(source.Folded.Replace(" ", "", StringComparison.Ordinal));
        foreach (var hashtag in hashtags.Take(60))
        {
            var made = HashtagWriter.Make(CandidateSpaces(hashtag));
            var key = Folding.Fold(Folding.StripDiacritics(made));
            if (key.Length is < 2 or > 30 || !key.Any(char.IsLetter) || !joined.Contains(key, StringComparison.Ordinal) || Suspicious.IsSuspicious(hashtag))
            {
                violations.Add(new("unsupported_hashtag", $"“{Graphemes.Take(hashtag, 40)}”"));
            }
            else if (kept.Count < most && !kept.Exists(other => Folding.Fold(Folding.StripDiacritics(other)) == key))
            {
                kept.Add(made);
            }
        }

        return new(kept.Count > 0, kept, violations);
    }

    private static string CandidateSpaces(string hashtag) => TextCleaner.Tidy(TextCleaner.Clean(hashtag)).TrimStart('#', '＃');

    private bool Keeps(string sentence, HashSet<string> known, List<GuardViolation> violations)
    {
        var problems = new List<GuardViolation>();
        foreach (var span in Markup.Find(sentence))
        {
            var piece = sentence.Substring(span.Start, span.Length);
            if (span.Kind is MarkupKind.Link or MarkupKind.Email && !known.Contains(piece))
            {
                problems.Add(new("foreign_link", $"“{Graphemes.Take(piece, 60)}” is not one of the creator's links."));
            }
            else if (span.Kind == MarkupKind.Placeholder && !source.Input.Description.Contains(piece, StringComparison.Ordinal))
            {
                problems.Add(new("placeholder", $"“{piece}” is a placeholder."));
            }
            else if (span.Kind == MarkupKind.Mention && !source.Input.Description.Contains(piece, StringComparison.Ordinal))
            {
                problems.Add(new("foreign_mention", $"“{piece}” is not in the source."));
            }
        }

        if (GuardText.LooksLikePlaceholder(sentence))
        {
            problems.Add(new("placeholder", $"“{Graphemes.Take(sentence, 60)}” holds a placeholder."));
        }

        rules.CheckSentence(DescriptionLines.Prose(sentence), problems);
        foreach (var hashtag in HashtagWriter.Existing(sentence))
        {
            if (!CheckHashtags([hashtag], 1).Accepted)
            {
                problems.Add(new("unsupported_hashtag", $"“{hashtag}”"));
            }
        }

        violations.AddRange(problems);
        return problems.Count == 0;
    }

    // What the creator must not lose goes back, in its order, before the hashtags.
    private string Complete(List<string> kept)
    {
        var body = string.Join('\n', kept).Trim();
        var lost = DescriptionWriter.Protected(source).Where(line => !body.Contains(line.Trim(), StringComparison.Ordinal)).ToList();
        if (lost.Count == 0)
        {
            return body;
        }

        var lines = body.Split('\n').ToList();
        var tail = new List<string>();
        while (lines.Count > 0 && DescriptionLines.Classify(lines[^1]) is LineKind.Hashtags or LineKind.Blank)
        {
            tail.Insert(0, lines[^1]);
            lines.RemoveAt(lines.Count - 1);
        }

        return string.Join('\n', [.. lines, "", .. lost, .. tail]).Trim();
    }

    private bool IsSupported(string text, out string word)
    {
        var problems = new List<GuardViolation>();
        rules.CheckSentence(text, problems);
        word = problems.Count > 0 ? problems[0].Detail : "";
        return problems.Count == 0;
    }
}

using YtOptimizer.Analysis.Grounding;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions;
using YtOptimizer.Analysis.Suggestions.Chapters;
using YtOptimizer.Analysis.Suggestions.Descriptions;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Suggestions.Thumbnails;
using YtOptimizer.Analysis.Suggestions.Titles;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis;

/// <summary>
/// Deterministic analysis without key or network. Thread-safe; keep one per process (models load lazily on first use).
/// A pure function of input, options and <see cref="Version"/>: no clock, culture or randomness.
/// </summary>
public sealed class Analyzer
{
    /// <summary>Changes whenever equal input may give a different result.</summary>
    public const string Version = "1.10.0";

    private readonly LanguageDetector detector = new();
    private readonly KeyphraseModel model;

    public Analyzer()
        : this(KeyphraseModel.Default) { }

    /// <summary>With another ranker than the shipped one, to measure it.</summary>
    internal Analyzer(KeyphraseModel model) => this.model = model;

    /// <summary>The languages that are told apart, as ISO 639-1 codes in alphabetical order.</summary>
    public static IReadOnlyList<string> Languages { get; } = [.. LanguageDetector.Supported.Order(StringComparer.Ordinal)];

    /// <summary>Whether the language of a tag such as "pt-BR" is one of <see cref="Languages"/>.</summary>
    public static bool KnowsLanguage(string? tag) => LanguageDetector.Primary(tag) is { } code && LanguageDetector.IsSupported(code);

    /// <summary>Loads models now instead of on the first analysis (about a second).</summary>
    public void WarmUp() =>
        Analyze(
            new VideoInput
            {
                Title = "Warm up the language and keyphrase models",
                Description = "Loads everything that is built on first use.",
            }
        );

    /// <summary>The same, stopped by a token that is looked at every few thousand steps, which is less than a millisecond.</summary>
    /// <exception cref="OperationCanceledException">The token asked to stop.</exception>
    public AnalysisResult AnalyzeUntil(VideoInput input, AnalysisOptions? options, CancellationToken ct)
    {
        using var meter = WorkMeter.Start(ct);
        return Analyze(input, options);
    }

    public AnalysisResult Analyze(VideoInput input, AnalysisOptions? options = null) =>
        Patterns.Run(() => Once(input, options ?? AnalysisOptions.Default));

    private AnalysisResult Once(VideoInput input, AnalysisOptions options)
    {
        var texts = new TextMemo(detector);
        var source = Source.Create(input, detector, model, memo: texts);
        var memo = texts.Languages;
        var card = ScoreCard.Compute(source, memo);
        var rules = new GroundingRules(source);
        var spoken = SpokenTitle.Candidates(source).ToList();
        var titles = SpokenTitle.WithWorking(
            source,
            spoken,
            TitleRanker.Rank(rules, memo, [.. new TitleSuggester(source).Write(), .. spoken], options.MaxTitles),
            options.MaxTitles
        );
        var chapters = ChapterWriter.Write(source, GluedLines.Of(source).Lines);
        var tags = TagWriter.Write(source, rules, options.MaxTags);
        var hashtags = HashtagWriter.Write(source, rules, options.MaxHashtags);
        var plan = new SuggestionPlan(
            source,
            options,
            chapters,
            hashtags,
            tags,
            titles,
            card,
            (draft, language) => ScoreCard.Compute(Source.Create(draft, detector, model, language, texts), memo),
            memo
        );
        var description = plan.Description();
        tags = plan.Tags();
        var shown = plan.Titles();
        var verdicts = Verdicts.Write(source, shown, description, tags, hashtags, chapters);
        var fixes = plan.Fixes(verdicts, shown);
        var ideas = ThumbnailWriter.Write(source, options.MaxThumbnailIdeas);
        if (ThumbnailVerdict.Of(source, ideas) is { } without)
        {
            verdicts.Add(without);
        }

        var type = ContentTypes.Classify(source);
        return new AnalysisResult
        {
            AnalyzerVersion = Version,
            Language = source.Language,
            Score = FixPlanner.Rounded(card),
            ExactScore = card.Score,
            Confidence = card.Confidence,
            ContentType = type,
            Kind = source.Kind,
            Checks = card.Checks,
            Violations = card.Violations,
            Fixes = fixes,
            Verdicts = Verdicts.Agreeing(verdicts, fixes),
            Titles = shown,
            Description = description,
            Tags = tags,
            Hashtags = hashtags,
            Keywords = KeywordGrouper.Group(source),
            Chapters = chapters,
            ThumbnailIdeas = ideas,
            Warnings = Warnings(source, options, shown.Count, description),
        };
    }

    /// <summary>A title for a video of which only the speech is known: the subject in the speaker's words, without greeting and small
    /// talk.</summary>
    public string WorkingTitle(Transcript transcript)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        return SpokenTitle.Write(Read(new VideoInput { Title = "", Transcript = transcript }));
    }

    /// <summary>The ranked phrases alone, most likely tags first, in matching form.</summary>
    internal IReadOnlyList<string> Keyphrases(VideoInput input, int most) =>
        [.. Read(input).Phrases.Take(most).Select(phrase => phrase.Key)];

    /// <summary>The tags alone, as an analysis shows them.</summary>
    internal TagSuggestion TagsOf(VideoInput input)
    {
        var source = Read(input);
        return TagWriter.Write(source, new GroundingRules(source), AnalysisOptions.Default.MaxTags);
    }

    internal Source Read(VideoInput input) => Source.Create(input, detector, model);

    internal LanguageDetector Detector => detector;

    /// <summary>What to keep and what to take of a merged result.</summary>
    public IReadOnlyList<PartVerdict> VerdictsOf(VideoInput input, AnalysisResult merged)
    {
        ArgumentNullException.ThrowIfNull(merged);
        var source = Read(input);
        var verdicts = Verdicts.Write(source, merged.Titles, merged.Description, merged.Tags, merged.Hashtags, merged.Chapters);
        if (ThumbnailVerdict.Of(source, merged.ThumbnailIdeas) is { } without)
        {
            verdicts.Add(without);
        }

        return Verdicts.Agreeing(verdicts, merged.Fixes);
    }

    /// <summary>Thumbnail ideas around words that were checked, in the layouts of the video's kind.</summary>
    public IReadOnlyList<ThumbnailIdea> ThumbnailsOf(VideoInput input, IReadOnlyList<string> overlays, string? thing) =>
        ThumbnailWriter.Write(Read(input), overlays.Count, overlays, thing);

    /// <summary>The edits that lead from the video to a merged result, with their points; <paramref name="own"/> is the result before the
    /// merge.</summary>
    public IReadOnlyList<Fix> FixesOf(VideoInput input, AnalysisResult own, AnalysisResult merged, AnalysisOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(own);
        ArgumentNullException.ThrowIfNull(merged);
        var texts = new TextMemo(detector);
        return MergedFixes.Plan(input, own, merged, (options ?? AnalysisOptions.Default).MaxFixes, draft =>
            ScoreCard.Compute(Source.Create(draft, detector, model, own.Language, texts), texts.Languages)
        );
    }

    /// <summary>0–100 with two decimals; for comparing drafts.</summary>
    public double ScoreOf(VideoInput input) => ScoreCard.Compute(Read(input), new LanguageMemo(detector)).Score;

    private static List<AnalysisWarning> Warnings(Source source, AnalysisOptions options, int titles, DescriptionSuggestion description)
    {
        var warnings = new List<AnalysisWarning>();
        if (source.SuspiciousParts.Count > 0)
        {
            warnings.Add(
                new(
                    WarningCodes.SuspiciousInstructions,
                    $"{source.SuspiciousParts.Count} passage(s) speak to a language model instead of viewers; suggestions ignore them. "
                        + $"First: “{Graphemes.Take(source.SuspiciousParts[0], 120)}”"
                )
            );
        }

        if (source.HiddenCharacters)
        {
            warnings.Add(new(WarningCodes.HiddenCharacters, "Invisible characters were removed; they can hide text from readers."));
        }

        if (source.Truncated)
        {
            warnings.Add(new(WarningCodes.InputTruncated, "The text is longer than what is analysed; the rest was left out."));
        }

        if (titles < 5)
        {
            warnings.Add(
                new(
                    WarningCodes.TooFewTitles,
                    source.Input.Transcript is null
                        ? $"{titles} of 5 titles: the text holds no more that can be said without inventing. A longer description or a "
                            + "transcript helps."
                        : $"{titles} of 5 titles: text and transcript hold no more that can be said without inventing."
                )
            );
        }

        if (source.Phrases.Count < 10)
        {
            warnings.Add(new(WarningCodes.TooLittleText, "Very little text: suggestions are few and weak."));
        }

        if (source.Language.Code == LanguageDetector.Undetermined)
        {
            warnings.Add(new(WarningCodes.LanguageUndetermined, "The language is not clear; only language-neutral changes are offered."));
        }

        if (LanguageDetector.Primary(options.OutputLanguage) is { } wanted && wanted != source.Language.Code)
        {
            warnings.Add(
                new(
                    WarningCodes.OutputLanguageNotAvailable,
                    $"The built-in analyzer does not translate: suggestions stay in “{source.Language.Code}”."
                )
            );
        }

        if (Limits.Bytes(source.SafeDescription) > Limits.DescriptionBytes && description.Text.Length < source.SafeDescription.Length)
        {
            warnings.Add(
                new(
                    WarningCodes.DescriptionOverLimit,
                    "The description has more than 5,000 bytes: prose at its end was left out of the suggestion."
                )
            );
        }

        return warnings;
    }
}

using System.Text;
using System.Text.RegularExpressions;
using YtOptimizer.Analysis.PromptInjection;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>
/// Suggestions in a language other than the video's. Words cannot be traced to the source across languages, so the rules are others:
/// the language asked for, no number, link, address or handle that the source lacks, YouTube's limits — and nothing at all when the
/// video's text tries to instruct a model, because then nobody could tell what was translated.
/// </summary>
internal sealed partial class TranslatedSuggestions(Source source, LanguageDetector detector, string language)
{
    private const int MostTitles = 7;
    private const double SureEnough = 0.5;
    private readonly HashSet<string> numbers = [.. Numbers().Matches(AllText(source)).Select(match => match.Value)];
    private readonly HashSet<string> links = Markup.Links(source.Input.Description).ToHashSet(StringComparer.Ordinal);

    /// <summary>True when a wish for another language can be met by a model.</summary>
    public static bool Applies(AnalysisResult own, string? wanted) =>
        wanted is not null
        && own.Language.Code != wanted
        && own.Language.Code != LanguageDetector.Undetermined
        && LanguageDetector.IsSupported(wanted);

    public AnalysisResult Merge(AnalysisResult own, SuggestionCandidates candidates)
    {
        if (
            candidates.SuspiciousInstructions
            || own.Warnings.Any(warning => warning.Code == WarningCodes.SuspiciousInstructions)
            || source.SuspiciousParts.Count > 0
            || source.HiddenCharacters
        )
        {
            return own;
        }

        var titles = candidates
            .Titles.Select(title => (Text: TextCleaner.Tidy(TextCleaner.Clean(title.Text)), title.Reason))
            .Where(title => title.Text.Length is > 0 and <= Limits.Title && Sound(title.Text))
            .DistinctBy(title => title.Text, StringComparer.OrdinalIgnoreCase)
            .Take(MostTitles)
            .ToList();
        // Language is judged over all titles together: one alone is too short to tell.
        if (titles.Count == 0 || !InLanguage(string.Join('\n', titles.Select(title => title.Text))))
        {
            return own;
        }

        return own with
        {
            Titles =
            [
                .. titles.Select(
                    (title, index) =>
                        new TitleSuggestion
                        {
                            Text = title.Text,
                            Style = title.Text.EndsWith('?') ? TitleStyle.Intriguing : TitleStyle.Searchable,
                            Rank = Math.Round(1 - (index * 0.1), 2),
                            Reasons =
                                title.Reason.Length is > 0 and <= 200 && Sound(title.Reason) && InLanguage(title.Reason)
                                    ? [title.Reason]
                                    : [],
                            Source = SuggestionSource.Llm,
                        }
                ),
            ],
            Description = Description(own, candidates),
            Warnings = [.. own.Warnings.Where(warning => warning.Code != WarningCodes.OutputLanguageNotAvailable)],
        };
    }

    private DescriptionSuggestion Description(AnalysisResult own, SuggestionCandidates candidates)
    {
        var text = TextCleaner.ReplaceAngleBrackets(TextCleaner.Clean(candidates.Description)).Trim();
        if (text.Length < 30 || !Sound(text) || !InLanguage(text))
        {
            return own.Description;
        }

        // The creator's links stay: what the translation lost is put back, line by line.
        var lost = source
            .SafeDescription.Split('\n')
            .Where(line => Markup.Links(line).Any(link => !text.Contains(link, StringComparison.Ordinal)))
            .Select(line => line.Trim())
            .ToList();
        var whole = lost.Count == 0 ? text : text + "\n\n" + string.Join('\n', lost);
        if (Encoding.UTF8.GetByteCount(whole) > Limits.DescriptionBytes)
        {
            return own.Description;
        }

        var points = candidates.KeyPoints.Where(point => point.Length <= 200 && Sound(point)).Take(5).ToList();
        return own.Description with
        {
            Text = whole,
            KeyPoints = points.Count > 0 ? points : own.Description.KeyPoints,
            Source = SuggestionSource.Llm,
        };
    }

    private bool Sound(string text) =>
        !PromptInjectionDetector.IsSuspicious(text)
        && text.AsSpan().IndexOfAny('<', '>') < 0
        && Markup.Links(text).All(links.Contains)
        && !Handles().Matches(text).Any(match => !AllText(source).Contains(match.Value, StringComparison.OrdinalIgnoreCase))
        && Numbers().Matches(text).All(match => numbers.Contains(match.Value));

    private bool InLanguage(string text) => detector.Detect(text) is var guess && guess.Code == language && guess.Confidence >= SureEnough;

    private static string AllText(Source source) =>
        string.Join(
            '\n',
            [source.SafeTitle, source.SafeDescription, source.SafeTranscript, source.Input.ChannelTitle ?? "", .. source.SafeTags]
        );

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"[\w.+-]*@[\w.-]+", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Handles();
}

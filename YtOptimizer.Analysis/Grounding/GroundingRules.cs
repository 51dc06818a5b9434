using YtOptimizer.Analysis.PromptInjection;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>
/// The rules every suggested text passes, whoever wrote it: facts come from the source, everyday words may be the writer's own.
/// Not thread-safe.
/// </summary>
internal sealed class GroundingRules
{
    private const double MostlyTold = 0.75;
    private const int LongestRareWord = 2;
    private static readonly char[] KoreanParticles = [.. "은는이가을를과와의에로도"];
    private const int FewestTold = 3;

    private readonly Source source;
    private readonly SourceIndex index;
    private readonly WordJudge judge;
    private readonly FactRules facts;
    private readonly NegationRules negations;
    private readonly TopicRules topic;
    private readonly LanguageRules languages;
    private readonly TagRules tags;
    private readonly SubstitutionRules substitutions;
    private readonly OppositeRules opposites;
    private readonly NoveltyRules novelty;

    public GroundingRules(Source source)
    {
        this.source = source;
        index = new SourceIndex(source);
        judge = new WordJudge(source, index);
        facts = new FactRules(source, index);
        negations = new NegationRules(source);
        var about = new AboutWords(source, index, credits: true);
        topic = new TopicRules(source, index, about);
        languages = new LanguageRules(source, judge, index);
        substitutions = new SubstitutionRules(source, judge, new AboutWords(source, index, credits: false));
        opposites = new OppositeRules(source, about);
        novelty = new NoveltyRules(source, judge);
        tags = new TagRules(source, index, judge, facts, opposites, about);
    }

    public Source Source => source;

    public SourceIndex Index => index;

    public WordJudge Judge => judge;

    /// <summary>Rules for any sentence: names, numbers, negations, claims, promotion and no talk to models.</summary>
    public void CheckSentence(string text, List<GuardViolation> violations) => Check(text, titled: false, violations);

    /// <summary>Rules for a sentence of a description on top of those for any sentence: no stretch of it tells something new.</summary>
    public void CheckProse(string text, List<GuardViolation> violations)
    {
        var (tokens, standings) = Check(text, titled: false, violations);
        novelty.Check(text, tokens, standings, violations);
    }

    /// <summary>Rules for short texts that stand alone, such as an overlay: also no promotion that only the description has.</summary>
    public void CheckPhrase(string text, List<GuardViolation> violations) => Check(text, titled: true, violations);

    /// <summary>Rules for a title on top of those for a sentence.</summary>
    public void CheckTitle(string title, LanguageMemo detector, List<GuardViolation> violations)
    {
        if (string.IsNullOrWhiteSpace(title))
        {
            violations.Add(new("empty", "The title is empty."));
            return;
        }

        if (title.Length > Limits.Title)
        {
            violations.Add(new("too_long", "More than 100 characters."));
        }

        if (Folding.Fold(title) == Folding.Fold(source.Input.Title) && TextCleaner.Tidy(title) == TextCleaner.Tidy(source.Input.Title))
        {
            violations.Add(new("same_as_original", "The title is the present one."));
            return;
        }

        if (Markup.Find(title).Exists(span => span.Kind is MarkupKind.Link or MarkupKind.Email or MarkupKind.Placeholder))
        {
            violations.Add(new("link_in_title", "Titles hold no links or placeholders."));
        }

        var (tokens, standings) = Check(title, titled: true, violations);
        substitutions.CheckList(title, tokens, standings, violations);
        topic.CheckTitle(tokens, standings, violations);
        var usual = source
            .ContentStems(source.SafeTitle)
            .GroupBy(stem => stem, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        if (
            source
                .ContentStems(title)
                .GroupBy(stem => stem, StringComparer.Ordinal)
                .Any(group => group.Count() > Math.Max(2, usual.GetValueOrDefault(group.Key)))
        )
        {
            violations.Add(new("repetition", "A word is repeated more than twice."));
        }

        CheckLanguage(title, detector, violations);
    }

    public void CheckLanguage(string text, LanguageMemo detector, List<GuardViolation> violations) =>
        languages.Check(text, detector, violations);

    public void CheckTag(string tag, List<GuardViolation> violations) => tags.Check(tag, violations);

    /// <summary>Whether a phrase of the text may be shown as a tag: no clause, no call, nothing that only masked passages hold.</summary>
    public bool IsShownTag(string phrase, bool likely)
    {
        var violations = new List<GuardViolation>();
        tags.Check(phrase, violations);
        return !violations.Exists(violation =>
                violation.Code is "fragment" or "promotion" or "not_about_the_video" or "invalid_tag" or "off_topic"
            ) && (likely || !tags.IsPiece(phrase));
    }

    public HashSet<string> StemSet(string text) => source.ContentStems(text).ToHashSet(StringComparer.Ordinal);

    private (List<Token> Tokens, WordStanding[] Standings) Check(string text, bool titled, List<GuardViolation> violations)
    {
        if (PromptInjectionDetector.IsSuspicious(text))
        {
            violations.Add(new("injected_instruction", "The text addresses a language model."));
        }

        if (text.AsSpan().IndexOfAny('<', '>') >= 0)
        {
            violations.Add(new("angle_brackets", "YouTube refuses < and >."));
        }

        var tokens = source.Tokens(text);
        var standings = judge.Judge(text, tokens, judge.IsTitleCase(tokens));
        CheckWords(text, tokens, standings, titled, violations);
        facts.CheckNumbers(text, tokens, titled, violations);
        facts.CheckClaims(tokens, !titled && IsTold(standings), violations);
        facts.CheckPromotion(tokens, titled, violations);
        negations.Check(tokens, text, titled, violations);
        opposites.Check(text, tokens, violations);
        substitutions.Check(text, tokens, standings, titled, violations);
        return (tokens, standings);
    }

    private static bool IsTold(WordStanding[] standings)
    {
        var content = standings.Count(standing => standing is not (WordStanding.Function or WordStanding.Number));
        return content >= 4 && standings.Count(standing => standing is WordStanding.Supported) >= content * MostlyTold;
    }

    private void CheckWords(string text, List<Token> tokens, WordStanding[] standings, bool titled, List<GuardViolation> violations)
    {
        var unknown = new List<Token>();
        for (var i = 0; i < tokens.Count; i++)
        {
            var word = text.Substring(tokens[i].Start, tokens[i].Length);
            if (standings[i] == WordStanding.Name)
            {
                violations.Add(new("unsupported_name", $"“{word}” looks like a name and is not in the source."));
            }
            else if (standings[i] is WordStanding.Unknown or WordStanding.Foreign)
            {
                unknown.Add(tokens[i]);
            }
        }

        // A rare word in small letters names nobody; several of them tell another story. Without capitals only short ones are surely no
        // names.
        var unspaced = source.Language.Code is "ja" or "zh" or "th";
        var told = standings.Count(standing => standing is WordStanding.Supported or WordStanding.Everyday or WordStanding.General);
        var named =
            source.Language.Code == "ko"
            && unknown.Exists(token => token.Script == Script.Hangul && token.Folded.TrimEnd(KoreanParticles).Length > LongestRareWord);
        var allowed =
            named || (unspaced && unknown.Exists(token => token.Length > LongestRareWord)) || told < FewestTold ? 0
            : titled ? 1
            : 1 + (tokens.Count / 8);
        if (unknown.Count > allowed)
        {
            foreach (var token in unknown)
            {
                violations.Add(new("unsupported_word", $"“{text.Substring(token.Start, token.Length)}” is not in the source."));
            }
        }
    }
}

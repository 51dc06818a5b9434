using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>Every title is about the video's subject: it keeps words of it, and most of what it says is in the source.</summary>
internal sealed class TopicRules
{
    private const int MainPhraseCount = 3;
    private const int FewestMasked = 2;
    private const int FewestTold = 3;
    private const double MostlyTold = 0.75;
    private const double LeastSupported = 0.5;
    private const double LeastSupportedElsewhere = 0.6;

    private readonly Source source;
    private readonly SourceIndex index;
    private readonly HashSet<string> subject = new(StringComparer.Ordinal);
    private readonly HashSet<string> core;
    private readonly HashSet<string> primary;
    private readonly HashSet<string> channel;
    private readonly HashSet<string> about;
    private readonly HashSet<string> masked;
    private readonly AboutWords words;

    public TopicRules(Source source, SourceIndex index, AboutWords words)
    {
        this.source = source;
        this.index = index;
        this.words = words;
        foreach (var part in TitleParser.Parse(source.SafeTitle, source).Where(part => part.Kind == TitlePartKind.Topic))
        {
            subject.UnionWith(Words(part.Text));
        }

        if (subject.Count == 0)
        {
            subject.UnionWith(source.ContentStems(source.SafeTitle));
        }

        // What the title says beside the channel's own name: "Shotgun" by the same artist is another video.
        channel = source.ContentStems(source.Input.ChannelTitle ?? "").ToHashSet(StringComparer.Ordinal);
        var glued = Folding.Fold(source.Input.ChannelTitle ?? "").Replace(" ", "", StringComparison.Ordinal);
        core = [.. subject.Where(stem => !channel.Contains(stem) && !(stem.Length >= 4 && glued.Contains(stem, StringComparison.Ordinal)))];
        foreach (var phrase in source.Phrases.Take(MainPhraseCount))
        {
            var stems = phrase.Candidate.Words.Select(source.Stemming.Stem).Where(stem => !channel.Contains(stem)).ToList();
            core.UnionWith(stems);
        }

        if (core.Count == 0)
        {
            core = subject;
        }

        about = Stems(passage => passage.MayName || passage.Kind == PassageKind.Credit);
        about.UnionWith(source.ContentStems(string.Join('\n', [source.SafeTitle, source.Input.ChannelTitle ?? "", source.SafeTranscript])));
        masked = Stems(passage =>
            passage.Kind
                is PassageKind.OtherVideo
                    or PassageKind.Sponsor
                    or PassageKind.Discount
                    or PassageKind.Social
                    or PassageKind.Link
                    or PassageKind.CallToAction
        );
        primary = source.Primary is { } main ? [.. main.Candidate.Words.Select(source.Stemming.Stem)] : core;
    }

    public void CheckTitle(List<Token> tokens, WordStanding[] standings, List<GuardViolation> violations)
    {
        var (content, supported, told, own, ownTold, about, named) = (0, 0, 0, 0, 0, false, false);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (standings[i] is WordStanding.Function or WordStanding.General)
            {
                named |= Is(tokens[i], primary);
                continue;
            }

            content++;
            var isTold = standings[i] is WordStanding.Supported && words.Holds(tokens[i]);
            told += isTold ? 1 : 0;
            if (!Is(tokens[i], channel))
            {
                own++;
                ownTold += isTold ? 1 : 0;
            }

            if (
                (standings[i] is WordStanding.Supported && IsAbout(tokens[i]))
                || (standings[i] is WordStanding.Number && index.HasWord(tokens[i].Folded))
            )
            {
                supported++;
            }

            about |= Is(tokens[i], core) || InTitle(tokens[i]);
            named |= Is(tokens[i], primary) || InTitle(tokens[i]);
        }

        CheckMasked(tokens, standings, violations);
        if (content == 0)
        {
            violations.Add(new("no_content", "The title says nothing."));
        }
        else if (!about && !(told == content && told >= FewestTold) && !(ownTold >= FewestTold && ownTold >= own * MostlyTold))
        {
            violations.Add(new("off_topic", "No word of the title or of the main phrases is left."));
        }
        else if (supported < content * (named ? LeastSupported : LeastSupportedElsewhere))
        {
            violations.Add(new("off_topic", "Most of what the title says is not in the source."));
        }
    }

    // "Weeknight Meals + 50 Off Blue Apron": two words that only sponsors, links and other videos have make another subject.
    private void CheckMasked(List<Token> tokens, WordStanding[] standings, List<GuardViolation> violations)
    {
        var strange = tokens
            .Where(
                (token, i) =>
                    standings[i] is WordStanding.Supported
                    && (token.Has(TokenFlags.Capitalized) || !source.IsEveryday(token.Folded))
                    && IsMaskedOnly(token)
            )
            .Select(token => token.Folded)
            .ToList();
        if (strange.Count >= FewestMasked)
        {
            violations.Add(new("not_about_the_video", $"“{string.Join(' ', strange)}” stands only in links, sponsors or other videos."));
        }
    }

    private bool IsMaskedOnly(Token token) =>
        !token.IsUnspaced
        && token.Script != Script.Hangul
        && token.Folded.Split(' ').All(word => !about.Contains(source.Stemming.Stem(word)) && masked.Contains(source.Stemming.Stem(word)));

    // Words that only links, sponsors, profiles and other videos hold tell of something else.
    private bool IsAbout(Token token) =>
        token.IsUnspaced
        || token.Script == Script.Hangul
        || token.Folded.Split(' ').All(word => about.Contains(source.Stemming.Stem(word)) || !masked.Contains(source.Stemming.Stem(word)));

    private HashSet<string> Stems(Func<Passage, bool> kept) =>
        [
            .. source.ContentStems(
                string.Join(
                    '\n',
                    source.Passages.Where(kept).Select(passage => source.SafeDescription.Substring(passage.Start, passage.Length))
                )
            ),
        ];

    private IEnumerable<string> Words(string text)
    {
        var facts = FactWords.For(source.Language.Code);
        var english = FactWords.For("en");
        return source
            .Tokens(text)
            .Where(token => !token.IsStop && !facts.Has(FactKind.General, token.Folded) && !english.Has(FactKind.General, token.Folded))
            .SelectMany(token => token.Folded.Split(' '))
            .Select(source.Stemming.Stem);
    }

    private bool Is(Token token, HashSet<string> stems) =>
        token
            .Folded.Split(' ')
            .Any(word =>
                stems.Contains(source.Stemming.Stem(word))
                || index.IsNear(word, stems)
                || (
                    source.Language.Code is "ar" or "he"
                    && Clitics.Without(word, source.Language.Code).Any(bare => stems.Contains(source.Stemming.Stem(bare)))
                )
            );

    private bool InTitle(Token token) =>
        (token.IsUnspaced || token.Script == Script.Hangul)
        && token.Length >= 2
        && index.GluedTitle.Contains(token.Folded, StringComparison.Ordinal);
}

using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>
/// Tags are what viewers search for: about the subject, in whole phrases. Refused are facts that the source lacks, other names, words of no
/// meaning of their own, calls to action, fragments of sentences, and what only links, sponsors, other videos and boilerplate hold.
/// </summary>
internal sealed partial class TagRules
{
    private const int MainPhraseCount = 10;
    private const int RankedWords = 15;
    private const int LeastMasked = 8;

    // Scripts that write a syllable or a word with one character.
    private const int LeastMaskedDense = 4;

    private readonly Source source;
    private readonly SourceIndex index;
    private readonly WordJudge judge;
    private readonly FactRules facts;
    private readonly OppositeRules opposites;
    private readonly AboutWords told;
    private readonly FactWords own;
    private readonly FactWords english = FactWords.For("en");
    private readonly HashSet<string> subject;
    private readonly HashSet<string> titleStems;
    private readonly HashSet<string> about;
    private readonly HashSet<string> credited;
    private readonly string aboutGlued;
    private readonly string maskedGlued;
    private readonly string channelGlued;
    private readonly TagSpelling spelling;
    private readonly HashSet<string> ranked;
    private readonly List<string> titleParts;

    public TagRules(Source source, SourceIndex index, WordJudge judge, FactRules facts, OppositeRules opposites, AboutWords told)
    {
        this.source = source;
        this.index = index;
        this.judge = judge;
        this.facts = facts;
        this.opposites = opposites;
        this.told = told;
        own = FactWords.For(source.Language.Code);
        titleStems = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        subject = source.ContentStems(source.SafeTitle + "\n" + source.Input.ChannelTitle).ToHashSet(StringComparer.Ordinal);
        foreach (var phrase in source.Phrases.Take(MainPhraseCount))
        {
            subject.UnionWith(phrase.Candidate.Words.Select(source.Stemming.Stem));
        }

        about = Stems(passage => passage.MayName);
        about.UnionWith(
            source.ContentStems(
                string.Join(
                    '\n',
                    [
                        source.SafeTitle,
                        source.Input.ChannelTitle ?? "",
                        source.SafeTranscript,
                        .. source.SafeTags.Where(tag => !IsMachine(tag)),
                    ]
                )
            )
        );
        credited = Stems(passage => passage.Kind is PassageKind.Credit or PassageKind.Lyrics);
        aboutGlued = Glue(source.AboutText);
        maskedGlued = Glue(Passages.Keep(source.SafeDescription, source.Passages, IsMasked));
        channelGlued = Glue(source.Input.ChannelTitle ?? "");
        spelling = new TagSpelling(source, judge);
        titleParts = TitleParts();
        ranked =
        [
            .. source
                .Phrases.Take(RankedWords)
                .Where(phrase => phrase.Candidate.Words.Length == 1)
                .Select(phrase => source.Stemming.Stem(phrase.Key)),
        ];
    }

    public void Check(string tag, List<GuardViolation> violations)
    {
        var tokens = source.Tokens(tag);
        if (tokens.Count == 0 || IsMachine(tag))
        {
            violations.Add(new("invalid_tag", $"“{tag}” holds no words that people search."));
            return;
        }

        if (IsWrittenAsOne(tokens, Folding.Fold(tag)))
        {
            return;
        }

        // Tags are written in small letters: a word that is neither in the source nor everyday may be a name.
        var standings = judge.Judge(tag, tokens, isTitleCase: true);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (standings[i] is WordStanding.Name or WordStanding.Unknown)
            {
                violations.Add(new("unsupported_word", $"“{tokens[i].Folded}” is not in the source."));
            }
            else if (standings[i] == WordStanding.Supported && !IsAbout(tokens[i]))
            {
                if (tokens[i].Folded.Split(' ').All(judge.IsEveryday) || tokens.Exists(token => Is(token, titleStems)))
                {
                    standings[i] = WordStanding.Everyday;
                    continue;
                }

                violations.Add(
                    new("not_about_the_video", $"“{tokens[i].Folded}” stands only in links, sponsors, credits or other videos.")
                );
            }
        }

        CheckTold(tag, tokens, standings, violations);
        opposites.Check(tag, tokens, violations);
        facts.CheckNumbers(tag, tokens, titled: false, violations);
        facts.CheckClaims(tokens, toldAlready: false, violations);
        facts.CheckPromotion(tokens, onlyTitle: true, violations);
        if (!index.GluedTitle.Contains(Glue(tag), StringComparison.Ordinal))
        {
            CheckPurpose(tag, violations);
            CheckOrigin(tag, tokens, violations);
            CheckForm(tag, tokens, violations);
            CheckFragment(tag, tokens, standings, violations);
        }

        CheckSubject(tag, tokens, standings, violations);
    }

    private static bool IsMasked(Passage passage) =>
        passage.Kind
            is PassageKind.Link
                or PassageKind.Contact
                or PassageKind.Sponsor
                or PassageKind.Discount
                or PassageKind.OtherVideo
                or PassageKind.Social
                or PassageKind.CallToAction
                or PassageKind.Boilerplate;

    // "sp:ty=high" tells a machine something.
    private static bool IsMachine(string tag) =>
        tag.AsSpan().IndexOfAny('=', '{', '}') >= 0
        || (tag.Contains(':', StringComparison.Ordinal) && !tag.Contains(' ', StringComparison.Ordinal));

    private static string Glue(string text) => Folding.Fold(text).Replace(" ", "", StringComparison.Ordinal);

    private HashSet<string> Stems(Func<Passage, bool> kept) =>
        [
            .. source.ContentStems(
                string.Join(
                    '\n',
                    source.Passages.Where(kept).Select(passage => source.SafeDescription.Substring(passage.Start, passage.Length))
                )
            ),
        ];

    private bool IsAbout(Token token)
    {
        if (token.IsUnspaced || token.Script == Script.Hangul)
        {
            return true;
        }

        var words = token.Folded.Split(' ');
        return Array.TrueForAll(words, word => about.Contains(source.Stemming.Stem(word)) || index.IsNear(word, about))
            // Names of those who made it are searched; their trades are not.
            || (
                Array.TrueForAll(words, word => credited.Contains(source.Stemming.Stem(word)))
                && !words.All(word => judge.IsEveryday(word) || judge.IsEnglish(word))
            );
    }

    private static void CheckPurpose(string tag, List<GuardViolation> violations)
    {
        if (
            Passages.Classify(tag)
            is PassageKind.CallToAction
                or PassageKind.Social
                or PassageKind.Sponsor
                or PassageKind.Discount
                or PassageKind.Boilerplate
                or PassageKind.Contact
                or PassageKind.OtherVideo
        )
        {
            violations.Add(new("promotion", $"“{tag}” speaks to viewers or advertises."));
        }
    }

    // The whole phrase stands in a masked passage and nowhere else, or names what the video was made with.
    private void CheckOrigin(string tag, List<Token> tokens, List<GuardViolation> violations)
    {
        var glued = Glue(tag);
        if (
            source.TagKeys.Contains(Folding.Fold(tag))
            || (
                channelGlued.Length > 0
                && (channelGlued.Contains(glued, StringComparison.Ordinal) || glued.Contains(channelGlued, StringComparison.Ordinal))
            )
        )
        {
            return;
        }

        var dense = tokens.TrueForAll(token => token.IsUnspaced || token.Script == Script.Hangul);
        if (
            glued.Length >= (dense ? LeastMaskedDense : LeastMasked)
            && maskedGlued.Contains(glued, StringComparison.Ordinal)
            && !aboutGlued.Contains(glued, StringComparison.Ordinal)
        )
        {
            violations.Add(new("not_about_the_video", $"“{tag}” stands only in links, sponsors or other videos."));
        }
        else if (english.Find(FactKind.Gear, tokens).Count > 0 || own.Find(FactKind.Gear, tokens).Count > 0)
        {
            violations.Add(new("not_about_the_video", $"“{tag}” names equipment or a service."));
        }
    }

    private void CheckForm(string tag, List<Token> tokens, List<GuardViolation> violations)
    {
        foreach (var word in tokens.SelectMany(token => token.Folded.Split(' ')))
        {
            if (spelling.Meant(word) is { } meant)
            {
                violations.Add(new("misspelled", $"“{word}” looks like “{meant}” misspelled."));
                return;
            }
        }

        var language = source.Language.Code;
        var key = Folding.Fold(tag);
        if (source.TagKeys.Contains(key))
        {
            return;
        }

        if (!IsQuestion(key, tokens) && TagForms.SpeaksToViewer([.. tokens.Where(token => !index.TitleHasWord(token.Folded))], language))
        {
            violations.Add(new("promotion", $"“{tag}” speaks to viewers."));
        }
        else if (
            (TagForms.OpensWithVerb(tokens, language) && !channelGlued.Contains(tokens[0].Folded, StringComparison.Ordinal))
            || (
                index.Glued.Contains(Glue(tag), StringComparison.Ordinal)
                && !tokens.Exists(InTitle)
                && TagForms.IsClause(key, tokens, language)
            )
        )
        {
            violations.Add(new("fragment", $"“{tag}” is a piece of a sentence."));
        }
    }
}

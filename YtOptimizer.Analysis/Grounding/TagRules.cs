using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>
/// Tags are what viewers search for: about the subject, in whole phrases. Refused are facts that the source lacks, other names, words of no
/// meaning of their own, calls to action, fragments of sentences, and what only links, sponsors, other videos and boilerplate hold.
/// </summary>
internal sealed class TagRules
{
    private const int MainPhraseCount = 10;

    private readonly Source source;
    private readonly SourceIndex index;
    private readonly WordJudge judge;
    private readonly FactRules facts;
    private readonly FactWords own;
    private readonly FactWords english = FactWords.For("en");
    private readonly HashSet<string> subject;
    private readonly HashSet<string> titleStems;
    private readonly HashSet<string> about;
    private readonly HashSet<string> credited;
    private readonly string aboutGlued;

    public TagRules(Source source, SourceIndex index, WordJudge judge, FactRules facts)
    {
        this.source = source;
        this.index = index;
        this.judge = judge;
        this.facts = facts;
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
    }

    public void Check(string tag, List<GuardViolation> violations)
    {
        var tokens = source.Tokens(tag);
        if (tokens.Count == 0 || IsMachine(tag))
        {
            violations.Add(new("invalid_tag", $"“{tag}” holds no words that people search."));
            return;
        }

        // "sourdoughbread": the words of the source, written as one.
        var key = Folding.Fold(tag);
        if (
            tokens.Count == 1
            && key.Length >= 6
            && !tokens[0].IsUnspaced
            && tokens[0].Script != Script.Hangul
            && index.Glued.Contains(key, StringComparison.Ordinal)
            && !index.HasWord(key)
        )
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

        facts.CheckNumbers(tag, tokens, titled: false, violations);
        facts.CheckClaims(tokens, toldAlready: false, violations);
        facts.CheckPromotion(tokens, onlyTitle: true, violations);
        if (!index.GluedTitle.Contains(Glue(tag), StringComparison.Ordinal))
        {
            CheckPurpose(tag, violations);
            CheckFragment(tag, tokens, standings, violations);
        }

        CheckSubject(tag, tokens, standings, violations);
    }

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
            || (Array.TrueForAll(words, word => credited.Contains(source.Stemming.Stem(word))) && !words.All(judge.IsEveryday));
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

    private void CheckSubject(string tag, List<Token> tokens, WordStanding[] standings, List<GuardViolation> violations)
    {
        var content = tokens.Where((token, i) => standings[i] != WordStanding.Function).ToList();
        if (content.Count == 0)
        {
            violations.Add(new("generic_tag", $"“{tag}” says nothing by itself."));
            return;
        }

        var named = content.Exists(token => Is(token, subject) || InTitle(token));
        var general = content.Count(token => own.Has(FactKind.General, token.Folded) || english.Has(FactKind.General, token.Folded));
        var strange = standings.Count(standing => standing is WordStanding.Everyday or WordStanding.Foreign);
        if (content.Count == 1 && IsGeneric(content[0], standings[tokens.IndexOf(content[0])]))
        {
            violations.Add(new("generic_tag", $"“{tag}” says nothing by itself."));
        }
        else if (!named && general == 0 && strange > 0 && content.TrueForAll(token => token.Folded.Split(' ').All(judge.IsEveryday)))
        {
            violations.Add(new("off_topic", $"“{tag}” is not about the subject."));
        }
        else if (!named && strange > 0 && strange >= general && !standings.Contains(WordStanding.Supported))
        {
            violations.Add(new("off_topic", $"“{tag}” is not about the subject."));
        }
    }

    // A single word that everybody uses, unless the whole video is about it or it is written as a name.
    private bool IsGeneric(Token token, WordStanding standing)
    {
        if (token.IsUnspaced || token.Script == Script.Hangul)
        {
            return !InTitle(token) && standing != WordStanding.Supported
                ? true
                : token.Length <= 2 && !source.TagKeys.Contains(token.Folded);
        }

        if (standing is WordStanding.General or WordStanding.Everyday)
        {
            return !KindConventions.Terms(source.Kind.About, source.Language.Code).Contains(token.Folded, StringComparer.Ordinal);
        }

        var isMain =
            source.Primary is { } primary
            && primary.Candidate.Words.Length == 1
            && source.Stemming.Stem(primary.Key) == source.Stemming.Stem(token.Folded);
        return token.Folded.Split(' ').All(judge.IsEveryday)
            && !isMain
            && !(titleStems.Count <= 2 && titleStems.Contains(source.Stemming.Stem(token.Folded)));
    }

    // "is accompanied by", "give me a minute to": begins or ends in the middle of a sentence of the description.
    private void CheckFragment(string tag, List<Token> tokens, WordStanding[] standings, List<GuardViolation> violations)
    {
        if (tokens.Count < 2 || source.TagKeys.Contains(Folding.Fold(tag)))
        {
            return;
        }

        var key = Folding.Fold(tag);
        var question =
            source.Template.HowTo.Any(opening => key.StartsWith(Folding.Fold(opening) + " ", StringComparison.Ordinal))
            || english.Find(FactKind.General, tokens).Exists(hit => hit.First == 0 && tokens[0].IsStop);
        if (question)
        {
            return;
        }

        var quoted = aboutGlued.Contains(Glue(tag), StringComparison.Ordinal);
        var broken = IsOwnStop(tokens[^1]) || (IsOwnStop(tokens[0]) && (quoted || standings[^1] is not WordStanding.Supported));
        var loose =
            quoted && (Loose(tokens[0], standings[0]) || (Loose(tokens[^1], standings[^1]) && tokens.Exists(token => token.IsStop)));
        if (broken || loose)
        {
            violations.Add(new("fragment", $"“{tag}” is a piece of a sentence."));
        }
    }

    private bool IsOwnStop(Token token) => token.IsStop && (source.Language.Code == "en" || judge.IsOwn(token.Folded));

    // An everyday word that the subject does not hold opens no phrase that people search.
    private bool Loose(Token token, WordStanding standing) =>
        standing == WordStanding.Supported
        && token.Script is Script.Latin or Script.Other
        && !Is(token, subject)
        && token.Folded.Split(' ').All(judge.IsEveryday)
        && !own.Has(FactKind.General, token.Folded);

    private bool Is(Token token, HashSet<string> stems) =>
        token.Folded.Split(' ').Any(word => stems.Contains(source.Stemming.Stem(word)) || index.IsNear(word, stems));

    private bool InTitle(Token token) =>
        (token.IsUnspaced || token.Script == Script.Hangul)
        && token.Length >= 2
        && index.GluedTitle.Contains(token.Folded, StringComparison.Ordinal);
}

using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <content>Where the words of a tag stand: in the text or only among the creator's tags, as a part of the title, as the title of a
/// work.</content>
internal sealed partial class TagRules
{
    private const int ShortestOne = 6;
    private const int ShortestPart = 6;
    private const int OftenTagged = 2;

    // "Cake of the house": the only particle of a phrase of nouns.
    private static readonly HashSet<string> Genitives = new(
        ["de", "d", "di", "do", "da", "del", "der", "van", "av"],
        StringComparer.Ordinal
    );

    // "sourdoughbread": words about the video, written as one. Addresses of other pages are no such words.
    private bool IsWrittenAsOne(List<Token> tokens, string key) =>
        tokens.Count == 1
        && key.Length >= ShortestOne
        && !tokens[0].IsUnspaced
        && tokens[0].Script != Script.Hangul
        && !index.HasWord(key)
        && (
            index.GluedTitle.Contains(key, StringComparison.Ordinal)
            || aboutGlued.Contains(key, StringComparison.Ordinal)
            || channelGlued.Contains(key, StringComparison.Ordinal)
            || source.SafeTags.Any(tag => Glue(tag).Contains(key, StringComparison.Ordinal))
            || Glue(Passages.Keep(source.SafeDescription, source.Passages, passage => passage.Kind == PassageKind.Hashtags))
                .Contains(key, StringComparison.Ordinal)
        );

    // A tag of the creator's that no text knows may belong to another video: alone it proves nothing.
    private void CheckTold(string tag, List<Token> tokens, WordStanding[] standings, List<GuardViolation> violations)
    {
        var doubtful = tokens.Where(
            (token, i) => standings[i] is WordStanding.Supported or WordStanding.Everyday && !judge.IsGeneral(token.Folded)
        );
        if (
            doubtful.Any(token => index.Supports(token) && !IsOftenTagged(token)) && !tokens.Exists(token => !token.IsStop && IsTold(token))
        )
        {
            violations.Add(new("unsupported_tag", $"“{tag}” stands in no text of the video."));
        }
    }

    private bool IsTold(Token token) =>
        source.TextSupports(token)
        || told.Holds(token)
        || (token.Length >= ShortestOne && told.Glued.Contains(token.Folded, StringComparison.Ordinal))
        || (
            token.Script == Script.Hangul
            && WordForms.KoreanParticles.Any(particle =>
                token.Length > particle.Length + 1
                && token.Folded.EndsWith(particle, StringComparison.Ordinal)
                && told.Glued.Contains(token.Folded[..^particle.Length], StringComparison.Ordinal)
            )
        );

    private bool IsOftenTagged(Token token) =>
        source.TagKeys.Count(key => key.Split(' ').Contains(token.Folded, StringComparer.Ordinal)) >= OftenTagged;

    // The title's parts between its marks, in matching form without spaces and accents.
    private List<string> TitleParts()
    {
        var parts = new List<string>();
        var part = "";
        foreach (var token in source.Tokens(source.SafeTitle))
        {
            if (token.Before >= Gap.Break && part.Length > 0)
            {
                parts.Add(part);
                part = "";
            }

            part += token.Folded.Replace(" ", "", StringComparison.Ordinal);
        }

        parts.Add(part);
        return [.. parts.Where(one => one.Length >= ShortestPart).Select(Folding.StripDiacritics)];
    }

    // "the power of us" ends in a particle, but it is all that stands between two marks of the title.
    private bool HasTitlePart(string tag, bool atEnd)
    {
        var glued = Folding.StripDiacritics(Glue(tag));
        return titleParts.Exists(part =>
            atEnd ? glued.EndsWith(part, StringComparison.Ordinal) : glued.StartsWith(part, StringComparison.Ordinal)
        );
    }

    // "The Orphanage" in the midst of a sentence: the article is a part of the name.
    private bool IsWrittenAsTitle(string tag)
    {
        var text = source.AboutText;
        for (var at = Next(0); at > 0; at = Next(at + 1))
        {
            var last = at + tag.LastIndexOf(' ') + 1;
            var before = text.AsSpan(0, at).TrimEnd();
            if (char.IsUpper(text[at]) && char.IsUpper(text[last]) && before.Length > 0 && char.IsLetter(before[^1]))
            {
                return true;
            }
        }

        return false;

        int Next(int from) => from < text.Length ? text.IndexOf(tag, from, StringComparison.OrdinalIgnoreCase) : -1;
    }

    // Nouns with one particle between them, or words that touch each other, one of which is no everyday word.
    private bool IsNounPhrase(List<Token> tokens)
    {
        var particles = tokens.Where(token => token.IsStop).ToList();
        return particles.Count == 0
            ? tokens.Exists(token => !token.Folded.Split(' ').All(judge.IsEveryday))
            : particles.Count == 1 && !tokens[0].IsStop && !tokens[^1].IsStop && Genitives.Contains(particles[0].Folded);
    }
}

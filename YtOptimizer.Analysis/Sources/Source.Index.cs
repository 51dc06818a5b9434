using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

/// <content>Indexes of the text, made when they are first asked for.</content>
internal sealed partial class Source
{
    private HashSet<string>? gluedHashtags;

    /// <summary>Whether a folded phrase is a hashtag to which a lost line break glued the next sentence.</summary>
    public bool IsGluedHashtag(string folded)
    {
        gluedHashtags ??= HashtagGlue.Find(SafeDescription, StopWords);
        return gluedHashtags.Contains(folded);
    }

    private HashSet<string> CollectAcronyms()
    {
        var cased = Text.DescriptionTokens.Where(token => token.Length > 1 && token.Script is Script.Latin or Script.Other).ToList();
        var capitals = cased.Where(token => token.Has(TokenFlags.AllCaps)).ToList();
        return capitals.Count * 4 > cased.Count ? [] : capitals.Select(token => token.Folded).ToHashSet(StringComparer.Ordinal);
    }

    // Words with a capital in mid-sentence that the description never writes small.
    private HashSet<string> CollectNames()
    {
        var named = Text
            .DescriptionTokens.Where(token =>
                token.Has(TokenFlags.Capitalized)
                && !token.Has(TokenFlags.AllCaps)
                && !token.Has(TokenFlags.Hashtag)
                && !token.IsStop
                && token.Before is Gap.Space or Gap.Joint
            )
            .Select(token => token.Folded)
            .ToHashSet(StringComparer.Ordinal);
        named.ExceptWith(Text.DescriptionTokens.Where(token => char.IsLower(SafeDescription[token.Start])).Select(token => token.Folded));
        return named;
    }

    private Dictionary<string, string> CollectForms()
    {
        var forms = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var token in Text.DescriptionTokens)
        {
            // Words at the start of a sentence are capitalised anyway and say nothing, unless no other form turns up.
            if (
                !token.Has(TokenFlags.AllCaps)
                && !token.Has(TokenFlags.Hashtag)
                && !token.Has(TokenFlags.Unglued)
                && (token.Before < Gap.Line || !forms.ContainsKey(token.Folded))
            )
            {
                forms[token.Folded] = SafeDescription.Substring(token.Start, token.Length);
            }
        }

        return forms;
    }

    private BodyText CollectRest(IReadOnlyList<string> tags)
    {
        var written = Index(string.Join('\n', [OwnDescription, .. tags]));
        return new BodyText(
            OwnDescription.Length + SafeTranscript.Length,
            FoldedWords.Together(written.ContentStems, Spoken.ContentStems),
            FoldedWords.Together(written.Pairs, Spoken.Pairs),
            (written.Folded + " " + Spoken.Folded).Trim(),
            written.Lower + "\n" + Spoken.Lower
        );
    }

    private IEnumerable<string> WrittenTexts()
    {
        yield return SafeTitle;
        yield return SafeDescription;
        yield return Input.ChannelTitle ?? "";
        foreach (var tag in SafeTags)
        {
            yield return tag;
        }
    }

    private HashSet<string> CollectStems() => FoldedWords.Together(Index(string.Join('\n', WrittenTexts())).Stems, Spoken.Stems);
}

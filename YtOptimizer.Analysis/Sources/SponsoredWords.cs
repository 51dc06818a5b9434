using System.Collections.Frozen;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

/// <summary>The sponsor's things in a title: a later part that names whom the description thanks, advertises or has a code of.</summary>
internal sealed class SponsoredWords
{
    private const int LeastName = 3;

    private static readonly Lazy<FrozenSet<string>> Partners = StaticTables.Once(static () =>
        WordList.Section("word-places.txt", "partner").Select(Folding.Fold).ToFrozenSet(StringComparer.Ordinal)
    );

    private readonly HashSet<string> words = new(StringComparer.Ordinal);
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    public SponsoredWords(Source source)
    {
        // A song made with somebody is advertised by nobody.
        if (source.Kind.About is VideoKind.Music or VideoKind.Performance || !source.Passages.Any(IsPaid))
        {
            return;
        }

        names.UnionWith(Names(source));
        var parts = TitleSegments.Split(source.SafeTitle, source);
        if (names.Count == 0 || parts.Count < 2)
        {
            names.Clear();
            return;
        }

        foreach (var part in parts.Skip(1))
        {
            var own = Folding.Fold(part.Text).Split(' ');
            if (own.Any(names.Contains))
            {
                words.UnionWith(own);
            }
        }

        words.ExceptWith(Folding.Fold(parts[0].Text).Split(' '));
    }

    /// <summary>Whether a phrase of the text is one of them.</summary>
    public bool Holds(string[] phrase) => words.Count > 0 && Array.TrueForAll(phrase, words.Contains);

    /// <summary>Whether a tag names the sponsor.</summary>
    public bool IsNamedIn(string tag) =>
        words.Count > 0 && Folding.Fold(tag).Split(' ').Any(word => names.Contains(word) && words.Contains(word));

    private static bool IsPaid(Passage passage) => passage.Kind is PassageKind.Sponsor or PassageKind.Discount;

    // Written with a capital in such passages and in no sentence about the video.
    private static HashSet<string> Names(Source source)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var spoken = new HashSet<string>(StringComparer.Ordinal);
        var next = 0;
        var tokens = source.Text.DescriptionTokens;
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            while (next + 1 < source.Passages.Count && source.Passages[next + 1].Start <= token.Start)
            {
                next++;
            }

            var passage = source.Passages[next];
            var partner = i > 1 && Partners.Value.Contains(tokens[i - 2].Folded + " " + tokens[i - 1].Folded);
            if (passage.MayName && !partner)
            {
                spoken.Add(token.Folded);
            }
            else if (
                (partner || IsPaid(passage))
                && token.Folded.Length >= LeastName
                && token.Has(TokenFlags.Capitalized)
                && token.Before < Gap.Break
                && !token.IsStop
                && !source.IsEveryday(token.Folded)
            )
            {
                found.Add(token.Folded);
            }
        }

        found.ExceptWith(spoken);
        found.ExceptWith(Folding.Fold(source.Input.ChannelTitle ?? "").Split(' '));
        return found;
    }
}

using System.Runtime.CompilerServices;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

/// <summary>What a description says of its video: credits, sponsors, coupons, contacts, calls and other videos are no substance of it, nor
/// are the repeated title and hashtags.</summary>
internal static class ToldOfVideo
{
    // Characters.
    private const int ShortestMixed = 60;
    private const int Beginning = 50;

    private static readonly ConditionalWeakTable<Source, string> Known = [];

    /// <summary><see cref="Source.OwnDescription"/> with all that is not about the video blanked; offsets stay.</summary>
    public static string In(Source source) => Known.GetValue(source, Blank);

    /// <summary>The first passage that holds a letter or a digit; null where there is none.</summary>
    public static Passage? First(Source source)
    {
        var own = source.OwnDescription;
        var lead = source.SafeDescription.Length - own.Length;
        foreach (var passage in source.Passages)
        {
            var (start, end) = (Math.Max(0, passage.Start - lead), passage.End - lead);
            if (end > start && own.AsSpan(start, end - start) is var text && HasText(text))
            {
                return new Passage(start, end - start, KindOf(source, passage, text));
            }
        }

        return null;
    }

    private static bool HasText(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                return true;
            }
        }

        return false;
    }

    // A passage that began with a copy of the title is judged by what is left of it.
    private static PassageKind KindOf(Source source, Passage passage, ReadOnlySpan<char> own) =>
        own.SequenceEqual(source.SafeDescription.AsSpan(passage.Start, passage.End - passage.Start))
            ? passage.Kind
            : Passages.Classify(own.ToString().Trim());

    private static string Blank(Source source)
    {
        var own = source.OwnDescription.ToCharArray();
        // The own description has lost what stands before its first line.
        var lead = source.SafeDescription.Length - own.Length;
        foreach (var passage in source.Passages)
        {
            var (start, end) = (Math.Max(0, passage.Start - lead), passage.End - lead);
            if (end <= start)
            {
                continue;
            }

            var kind = KindOf(source, passage, source.OwnDescription.AsSpan(start, end - start));
            if (kind is not (PassageKind.Prose or PassageKind.Chapter))
            {
                start += Head(source.OwnDescription[start..end], kind);
                Array.Fill(own, ' ', start, end - start);
                own[end - 1] = '\n';
            }
        }

        return new string(own);
    }

    /// <summary>Characters before the link or the address of a passage that begins with a sentence on the video: a lost line break glues
    /// it to the call behind it. 0 where it begins with the call.</summary>
    public static int Head(string passage, PassageKind kind)
    {
        if (
            passage.Length < ShortestMixed
            || kind is PassageKind.Lyrics or PassageKind.Hashtags or PassageKind.Cast or PassageKind.Credit
            || Passages.Classify(Graphemes.TakeWords(passage.TrimStart(), Beginning)) != PassageKind.Prose
            // What only a heading before it marks is no sentence.
            || Passages.Classify(passage) == PassageKind.Prose
        )
        {
            return 0;
        }

        foreach (var span in Markup.Find(passage))
        {
            if (span.Kind is MarkupKind.Link or MarkupKind.Email or MarkupKind.Mention or MarkupKind.Placeholder)
            {
                return span.Start >= Beginning ? span.Start : 0;
            }
        }

        return passage.Length;
    }
}

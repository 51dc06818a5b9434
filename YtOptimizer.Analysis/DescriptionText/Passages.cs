using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.DescriptionText;

/// <summary>
/// Tells what each passage of a description is for, so that links, credits, sponsors, codes, other videos, profiles, calls to action and
/// boilerplate are not taken for what the video is about. The phrases that tell are data: passages.txt.
/// </summary>
internal static partial class Passages
{
    // A long sentence that only mentions a profile or a camera is still prose.
    private const int ShortPassage = 14;
    private const int LongPassage = 40;
    private const int Near = 4;
    private const int LinkLabel = 8;
    private const int SectionEntry = 12;

    private static readonly string[] SocialHosts =
    [
        "instagram.",
        "facebook.",
        "fb.com",
        "fb.me",
        "twitter.",
        "tiktok.",
        "snapchat.",
        "vk.com",
        "twitch.tv",
        "discord.",
        "t.me/",
        "pinterest.",
        "reddit.",
        "linkedin.",
        "plus.google",
        "weibo.",
        "ok.ru",
        "soundcloud.",
        "patreon.",
    ];

    private static readonly string[] VideoHosts =
    [
        "youtube.com/watch",
        "youtu.be/",
        "youtube.com/playlist",
        "youtube.com/channel",
        "youtube.com/user",
        "youtube.com/c/",
        "youtube.com/@",
    ];

    // Where several kinds are marked, the first of these names the passage.
    private static readonly PassageKind[] Order =
    [
        PassageKind.Sponsor,
        PassageKind.Discount,
        PassageKind.Lyrics,
        PassageKind.Cast,
        PassageKind.Credit,
        PassageKind.OtherVideo,
        PassageKind.CallToAction,
        PassageKind.Social,
        PassageKind.Contact,
        PassageKind.Boilerplate,
    ];

    /// <summary>The passages of a text, in order.</summary>
    public static List<Passage> Find(string text)
    {
        var markup = Markup.Find(text);
        var ranges = PassageCutter.Cut(text, markup);
        var passages = new List<Passage>(ranges.Count);
        PassageKind? section = null;
        foreach (var range in ranges)
        {
            var (start, length) = range.GetOffsetAndLength(text.Length);
            var words = Words(text, start, start + length, markup);
            if (GluedLabel(text, start, markup) is { } label)
            {
                words.Insert(0, new PassageWord(PassageMarks.Form(Folding.Fold(label)), false, true));
            }

            var kind = Classify(text.AsSpan(start, length), words, start, markup);
            if (passages.Count > 0 && section is not null && EndsSection(text, passages[^1], start, words, section.Value))
            {
                section = null;
            }

            if (kind == PassageKind.Prose && section is { } inside && (Count(words) <= SectionEntry || inside == PassageKind.Lyrics))
            {
                kind = inside;
            }
            else if (
                kind == PassageKind.Lyrics
                || (kind is not (PassageKind.Prose or PassageKind.Chapter or PassageKind.Link) && IsHeading(text, start, length, words))
            )
            {
                section = kind;
            }
            else if (section == PassageKind.Lyrics && kind != PassageKind.Prose)
            {
                section = null;
            }

            TakeLabel(text, passages, start, kind, words);
            passages.Add(new Passage(start, length, kind));
        }

        return passages;
    }

    /// <summary>What one sentence or line is for.</summary>
    public static PassageKind Classify(string sentence)
    {
        var markup = Markup.Find(sentence);
        return Classify(sentence, Words(sentence, 0, sentence.Length, markup), 0, markup);
    }

    /// <summary>The text with everything that is not about the video blanked; offsets stay.</summary>
    public static string Keep(string text, IReadOnlyList<Passage> passages, Func<Passage, bool> kept)
    {
        var output = text.ToCharArray();
        foreach (var passage in passages)
        {
            if (!kept(passage))
            {
                Array.Fill(output, ' ', passage.Start, passage.Length);
                output[passage.End - 1] = '\n';
            }
        }

        return new string(output);
    }

    private static PassageKind Classify(ReadOnlySpan<char> passage, List<PassageWord> words, int start, List<MarkupSpan> markup)
    {
        var end = start + passage.Length;
        var inside = Inside(markup, start, end);
        var link = inside.Find(span => span.Kind == MarkupKind.Link);
        var hasLink = link.Length > 0;
        var hasAddress = inside.Exists(span => span.Kind is MarkupKind.Email or MarkupKind.Mention or MarkupKind.Placeholder);
        var count = Count(words);
        if (inside.Count > 0 && inside[0].Kind == MarkupKind.TimeStamp && !hasLink && ChapterList.ParseLine(passage.ToString()) is not null)
        {
            return PassageKind.Chapter;
        }

        if (Marked(words, count, hasLink || hasAddress) is { } marked)
        {
            return marked;
        }

        if (hasLink && count <= LinkLabel)
        {
            var target = passage.Slice(link.Start - start, Math.Min(link.Length, end - link.Start)).ToString().ToLowerInvariant();
            return SocialHosts.Any(host => target.Contains(host, StringComparison.Ordinal)) ? PassageKind.Social
                : VideoHosts.Any(host => target.Contains(host, StringComparison.Ordinal)) ? PassageKind.OtherVideo
                : PassageKind.Link;
        }

        if (hasAddress && count <= LinkLabel)
        {
            return inside.Exists(span => span.Kind == MarkupKind.Email) ? PassageKind.Contact : PassageKind.Social;
        }

        if (count == 0)
        {
            return inside.Exists(span => span.Kind == MarkupKind.Hashtag) ? PassageKind.Hashtags : PassageKind.Boilerplate;
        }

        return PassageKind.Prose;
    }

    // The first span that ends after the offset.
    private static int First(List<MarkupSpan> markup, int offset)
    {
        var (low, high) = (0, markup.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = markup[middle].End <= offset ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static List<MarkupSpan> Inside(List<MarkupSpan> markup, int start, int end)
    {
        var low = First(markup, start);
        while (low < markup.Count && markup[low].Start < start)
        {
            low++;
        }

        var high = low;
        while (high < markup.Count && markup[high].Start < end)
        {
            high++;
        }

        return markup.GetRange(low, high - low);
    }

    private static PassageKind? Marked(List<PassageWord> words, int count, bool linked)
    {
        var best = Order.Length;
        foreach (var mark in PassageMarks.Default.Find(words))
        {
            var strong = mark.Kind is PassageKind.CallToAction or PassageKind.Sponsor or PassageKind.OtherVideo or PassageKind.Boilerplate;
            var near =
                mark.Label
                || count <= ShortPassage
                || (linked && count <= LongPassage)
                || (mark.First < Near && count <= LongPassage)
                || (strong && mark.End - mark.First > 1 && count <= LongPassage);
            if (near && Array.IndexOf(Order, mark.Kind) is var place && place < best)
            {
                best = place;
            }
        }

        return best < Order.Length ? Order[best] : null;
    }
}

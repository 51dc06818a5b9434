using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Channels;

/// <summary>What templates leave behind: braces around a name, words that ask to be replaced, filler text, addresses of nobody.</summary>
internal static partial class DeadPlaceholders
{
    public static IEnumerable<CatalogueFinding> Find(ChannelVideo video)
    {
        var found =
            Placeholder().Match(video.Title) is { Success: true } inTitle ? inTitle.Value
            : video.Description is { } text && Placeholder().Match(text) is { Success: true } inText ? inText.Value
            : null;
        if (found is not null)
        {
            yield return new CatalogueFinding(video.VideoId, video.Title, found, []);
        }
    }

    [GeneratedRegex(
        @"\{\{[^{}\n]{1,60}\}\}|\$\{[^{}\n]{1,60}\}|(?-i:%[A-Z][A-Z_]{2,30}%|<[A-Z][A-Z _]{2,30}>)"
            + @"|[\[(<{](?:insert|your|enter|add|replace|placeholder|link here|title here|name here|url here)\b[^\])>}\n]{0,60}[\])>}]"
            + @"|\blorem ipsum\b|\b(?-i:TODO|TBD|FIXME)\b:?|\bhttps?://(?:www\.)?example\.(?:com|org)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        Patterns.Timeout
    )]
    private static partial Regex Placeholder();
}

using System.Globalization;
using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Channels;

/// <summary>Titles that were named after the year they were made in, or the next, when the channel's newest video is of a later
/// one. Other years are what the video is about.</summary>
internal static partial class StaleYears
{
    public static IEnumerable<CatalogueFinding> Find(IReadOnlyList<ChannelVideo> dated)
    {
        if (dated.Count == 0)
        {
            yield break;
        }

        var now = dated.Max(video => video.PublishedAt!.Value).Year;
        foreach (var video in dated)
        {
            var made = video.PublishedAt!.Value.Year;
            foreach (var match in Year().Matches(video.Title).AsEnumerable())
            {
                var year = int.Parse(match.Value, CultureInfo.InvariantCulture);
                if (year < now && year >= made && year <= made + 1)
                {
                    yield return new CatalogueFinding(video.VideoId, video.Title, match.Value, []);
                    break;
                }
            }
        }
    }

    [GeneratedRegex(@"(?<![0-9])20[0-9]{2}(?![0-9])", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Year();
}

using System.Text;
using YtOptimizer.Core.BulkAnalysis;
using YtOptimizer.Core.Upstreams.YouTube;

namespace YtOptimizer.Api.Features.BulkAnalysis;

/// <summary>The videos of a request: each once, and what of it is no video, with the reason.</summary>
/// <param name="Items">In the order in which they were sent or listed.</param>
/// <param name="Duplicates">Ids that came more than once.</param>
/// <param name="BeyondLimit">Videos of the playlist or channel that were not taken.</param>
internal sealed record BulkSelection(IReadOnlyList<BulkItem> Items, IReadOnlyList<string> Duplicates, int BeyondLimit)
{
    public int Accepted => Items.Count(item => item.JobId is not null);

    public IEnumerable<BulkItem> Refused => Items.Where(item => item.JobId is null);

    public static BulkSelection OfLinks(IEnumerable<string?> links) =>
        Collect(
            links.Select(link =>
                VideoReference.TryParse(link, out var video, out var error)
                    ? (Short(link!), video.Id, null, null)
                    : (Short(link ?? ""), (string?)null, error.Code(), error.Explain())
            ),
            0
        );

    public static BulkSelection OfList(VideoList list) =>
        Collect(
            list.Videos.Select(video =>
                (
                    video.Id,
                    (string?)video.Id,
                    video.IsPublic ? null : "video_not_public",
                    video.IsPublic ? null : "The video is private or deleted. Make it public or unlisted, or take it out of the list."
                )
            ),
            (int)Math.Min(int.MaxValue, list.Total - list.Videos.Count)
        );

    private static BulkSelection Collect(IEnumerable<(string Input, string? VideoId, string? Code, string? Message)> found, int beyond)
    {
        var items = new List<BulkItem>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var duplicates = new HashSet<string>(StringComparer.Ordinal);
        var position = 0;
        foreach (var (input, videoId, code, message) in found)
        {
            position++;
            if (code is null && !seen.Add(videoId!))
            {
                duplicates.Add(videoId!);
                continue;
            }

            items.Add(new BulkItem(position, input, videoId, code is null ? Guid.CreateVersion7() : null, code, message));
        }

        return new BulkSelection(items, [.. duplicates], beyond);
    }

    // Whole characters only: half a surrogate pair is no text that PostgreSQL stores.
    private static string Short(string text)
    {
        var output = new StringBuilder(BulkStore.LongestInput);
        foreach (var rune in text.EnumerateRunes())
        {
            if (output.Length + rune.Utf16SequenceLength > BulkStore.LongestInput)
            {
                break;
            }

            output.Append(rune);
        }

        return output.ToString();
    }
}

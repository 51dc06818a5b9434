using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Text;
using YtOptimizer.Core.Upstreams.OpenAi;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>
/// The transcript as the model gets it: whole when it fits in what the context leaves, else the telling sentences of every section, so
/// that the end of a long video counts as much as its beginning. Digests are kept for retries and repeated questions. Thread-safe.
/// </summary>
public static class TranscriptDigest
{
    private const int Sections = 24;
    private const int MostKept = 64;
    private static readonly ConcurrentDictionary<string, string> Kept = new(StringComparer.Ordinal);

    /// <summary>Lines "[m:ss] text" of a timed transcript, plain text of another one; at most <paramref name="tokens"/> tokens.</summary>
    /// <param name="transcript">What is spoken; null gives an empty text.</param>
    /// <param name="phrases">Ranked phrases of the video: sentences that hold them tell most.</param>
    /// <param name="tokens">Room for the transcript.</param>
    public static string Of(Transcript? transcript, IReadOnlyCollection<string> phrases, int tokens)
    {
        if (transcript is null || tokens <= 0)
        {
            return "";
        }

        var lines = Lines(transcript);
        var whole = string.Join('\n', lines);
        // A character is at most a few tokens and at least a fifth of one: most texts need no counting.
        if (whole.Length <= tokens || (whole.Length <= tokens * 6 && TokenEstimator.Count(whole) <= tokens))
        {
            return whole;
        }

        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{tokens}\n{string.Join('|', phrases)}\n{whole}")));
        if (Kept.TryGetValue(key, out var known))
        {
            return known;
        }

        var digest = Digest(lines, phrases, tokens);
        if (Kept.Count >= MostKept)
        {
            Kept.Clear();
        }

        Kept[key] = digest;
        return digest;
    }

    private static List<string> Lines(Transcript transcript) =>
        transcript.IsTimed
            ?
            [
                .. transcript.Segments.Select(segment =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"[{(int)segment.Start.TotalMinutes}:{segment.Start.Seconds:00}] {PromptText.Clean(segment.Text, 1_000)}"
                    )
                ),
            ]
            : Sentenced(PromptText.Clean(transcript.Text, int.MaxValue));

    private static List<string> Sentenced(string text) => [.. Sentences.Split(text).Select(range => text[range])];

    private static string Digest(List<string> lines, IReadOnlyCollection<string> phrases, int tokens)
    {
        var wanted = phrases.Select(Folding.Fold).Where(phrase => phrase.Length > 2).ToList();
        var sections = Math.Min(Sections, lines.Count);
        var room = tokens / sections;
        var output = new StringBuilder();
        for (var section = 0; section < sections; section++)
        {
            var (first, end) = (lines.Count * section / sections, lines.Count * (section + 1) / sections);
            var left = room - 4;
            var chosen = new SortedSet<int>();
            // The first line of a section says where it is; then the lines with most of the video's own phrases.
            foreach (
                var at in Enumerable
                    .Range(first, end - first)
                    .OrderByDescending(at => at == first ? int.MaxValue : Held(lines[at]))
                    .ThenBy(at => at)
            )
            {
                WorkMeter.Count(lines[at].Length);
                var cost = TokenEstimator.Count(lines[at]) + 1;
                if (cost <= left)
                {
                    left -= cost;
                    chosen.Add(at);
                }
            }

            foreach (var at in chosen)
            {
                output.Append(lines[at]).Append('\n');
            }

            output.Append("[…]\n");
        }

        return output.ToString();

        int Held(string line)
        {
            var folded = Folding.Fold(line);
            return wanted.Count(phrase => folded.Contains(phrase, StringComparison.Ordinal));
        }
    }
}

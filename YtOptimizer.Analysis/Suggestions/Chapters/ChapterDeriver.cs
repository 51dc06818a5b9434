using YtOptimizer.Analysis.Chapters;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.PromptInjection;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Chapters;

/// <summary>
/// Chapters from a timed transcript: cuts where the vocabulary changes most (TextTiling), labels are phrases spoken in the part.
/// Every time is the start of a transcript segment.
/// </summary>
internal static class ChapterDeriver
{
    private const int Most = 12;
    private const int Around = 3;

    public static List<Chapter>? Derive(Source source)
    {
        var segments = source.Input.Transcript?.Segments ?? [];
        if (segments.Count < 6)
        {
            return null;
        }

        var end = source.Input.Duration ?? segments[^1].End;
        if (end < TimeSpan.FromMinutes(1.5))
        {
            return null;
        }

        var windowLength = TimeSpan.FromSeconds(Math.Clamp(end.TotalSeconds / 40, 12, 90));
        var windows = Windows(source, segments, windowLength, end);
        if (windows.Count < 4)
        {
            return null;
        }

        var shortest = TimeSpan.FromSeconds(Math.Max(20, Math.Max(Limits.ShortestChapter.TotalSeconds, end.TotalSeconds * 0.02)));
        var wanted = (int)Math.Clamp(Math.Round(end.TotalMinutes / 2.5), 3, Most);
        var starts = new List<int> { 0 };
        foreach (var (index, _) in Depths(windows).OrderByDescending(pair => pair.Depth).ThenBy(pair => pair.Index))
        {
            if (starts.Count >= wanted)
            {
                break;
            }

            var start = windows[index].Start;
            if (end - start >= shortest && start >= shortest && starts.TrueForAll(other => (windows[other].Start - start).Duration() >= shortest))
            {
                starts.Add(index);
            }
        }

        starts.Sort();
        return starts.Count < ChapterList.Fewest ? null : Label(source, windows, starts);
    }

    private static List<Window> Windows(Source source, IReadOnlyList<TranscriptSegment> segments, TimeSpan length, TimeSpan end)
    {
        var windows = new List<Window>();
        var start = TimeSpan.Zero;
        var text = new List<string>();
        var first = true;
        foreach (var segment in segments)
        {
            if (segment.Start >= end)
            {
                break;
            }

            if (!first && segment.Start - start >= length && text.Count > 0)
            {
                windows.Add(Window.Create(source, start, string.Join(' ', text)));
                text.Clear();
                start = segment.Start;
            }

            first = false;
            text.Add(Suspicious.IsSuspicious(segment.Text) ? "" : TextCleaner.Clean(segment.Text));
        }

        if (text.Count > 0)
        {
            windows.Add(Window.Create(source, start, string.Join(' ', text)));
        }

        return windows;
    }

    // How much lower the similarity of the two sides is here than on the nearest peaks around.
    private static List<(int Index, double Depth)> Depths(List<Window> windows)
    {
        var similarity = new double[windows.Count];
        for (var i = 1; i < windows.Count; i++)
        {
            similarity[i] = Cosine(Merge(windows, Math.Max(0, i - Around), i), Merge(windows, i, Math.Min(windows.Count, i + Around)));
        }

        var depths = new List<(int, double)>();
        for (var i = 1; i < windows.Count; i++)
        {
            var left = similarity[i];
            for (var k = i - 1; k >= 1 && similarity[k] >= left; k--)
            {
                left = similarity[k];
            }

            var right = similarity[i];
            for (var k = i + 1; k < windows.Count && similarity[k] >= right; k++)
            {
                right = similarity[k];
            }

            depths.Add((i, Math.Round(left + right - (2 * similarity[i]), 9)));
        }

        return depths;
    }

    private static List<Chapter>? Label(Source source, List<Window> windows, List<int> starts)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var chapters = new List<Chapter>();
        var total = Merge(windows, 0, windows.Count);
        for (var c = 0; c < starts.Count; c++)
        {
            var to = c + 1 < starts.Count ? starts[c + 1] : windows.Count;
            var text = string.Join(' ', windows.Skip(starts[c]).Take(to - starts[c]).Select(window => window.Text));
            var label = BestLabel(source, text, total, used);
            if (label is null)
            {
                if (c == 0)
                {
                    label = source.Template.Intro;
                }
                else
                {
                    continue;
                }
            }

            chapters.Add(new Chapter(c == 0 ? TimeSpan.Zero : windows[starts[c]].Start, label));
        }

        return chapters.Count >= ChapterList.Fewest ? chapters : null;
    }

    private static string? BestLabel(Source source, string text, Dictionary<string, double> total, HashSet<string> used)
    {
        var features = CandidateExtractor.Extract("", text, source.StopWords, key => source.Model.Lexicon.IsTag(key));
        Candidate? best = null;
        var bestValue = 0.0;
        foreach (var candidate in features.Candidates)
        {
            if (candidate.Has(CandidateMarks.Bridged | CandidateMarks.EdgeStop | CandidateMarks.Unglued) || candidate.Words.Length > 4 || candidate.Key.Length < 3
                || candidate.Words.Any(word => used.Contains(source.Stemming.Stem(word))) || candidate.Has(CandidateMarks.Digits) || Graphemes.Count(candidate.Surface) > Limits.ChapterLabel)
            {
                continue;
            }

            // Frequent here, rare in the rest of the talk and in other videos.
            var value = 0.0;
            foreach (var word in candidate.Words)
            {
                var everywhere = total.GetValueOrDefault(source.Stemming.Stem(word), 1);
                var idf = Math.Log((source.Model.Lexicon.Channels + 1.0) / (source.Model.Lexicon.Word(word, null).Doc + 1.0));
                value += Math.Min(1, candidate.Total / everywhere) * idf;
            }

            value = value / candidate.Words.Length * Math.Log(1 + candidate.Total) * (candidate.Words.Length is 2 or 3 ? 1.6 : 1);
            value = Math.Round(value, 9);
            if (value > bestValue || (value == bestValue && best is not null && string.CompareOrdinal(candidate.Key, best.Key) < 0))
            {
                best = candidate;
                bestValue = value;
            }
        }

        if (best is null)
        {
            return null;
        }

        foreach (var word in best.Words)
        {
            used.Add(source.Stemming.Stem(word));
        }

        return Casing.Capitalize(TextCleaner.ReplaceAngleBrackets(TextCleaner.Tidy(best.Surface)), source.Language.Code);
    }

    private static Dictionary<string, double> Merge(List<Window> windows, int from, int to)
    {
        var sum = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = from; i < to; i++)
        {
            foreach (var (stem, count) in windows[i].Stems)
            {
                sum[stem] = sum.GetValueOrDefault(stem) + count;
            }
        }

        return sum;
    }

    private static double Cosine(Dictionary<string, double> a, Dictionary<string, double> b)
    {
        double dot = 0, na = 0, nb = 0;
        foreach (var (stem, count) in a)
        {
            na += count * count;
            dot += count * b.GetValueOrDefault(stem);
        }

        foreach (var count in b.Values)
        {
            nb += count * count;
        }

        return na == 0 || nb == 0 ? 0 : dot / Math.Sqrt(na * nb);
    }

    private sealed record Window(TimeSpan Start, string Text, Dictionary<string, double> Stems)
    {
        public static Window Create(Source source, TimeSpan start, string text)
        {
            var stems = new Dictionary<string, double>(StringComparer.Ordinal);
            foreach (var stem in source.ContentStems(text))
            {
                stems[stem] = stems.GetValueOrDefault(stem) + 1;
            }

            // Seconds only: chapters have no fractions.
            return new Window(TimeSpan.FromSeconds(Math.Floor(start.TotalSeconds)), text, stems);
        }
    }
}

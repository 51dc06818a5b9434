namespace YtOptimizer.Analysis.Channels;

/// <summary>
/// Titles that share at least four fifths of their words. Compared are only titles that share one of their rarest words: two titles so
/// alike always do. Parts of a series, which differ in numbers alone, are not meant.
/// </summary>
internal static class SimilarTitles
{
    private const double Alike = 0.8;

    /// <summary>Others that one title is compared with at most.</summary>
    private const int MostCompared = 200;
    private const int MostNamed = 10;

    public static IEnumerable<CatalogueFinding> Find(IReadOnlyList<ChannelVideo> videos, CancellationToken ct)
    {
        var titles = videos.Select(video => TitleWords.Of(video.Title).Distinct(StringComparer.Ordinal).ToArray()).ToArray();
        var counts = titles.SelectMany(words => words).CountBy(word => word, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var byWord = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var alike = new Dictionary<int, List<int>>();
        for (var i = 0; i < titles.Length; i++)
        {
            ct.ThrowIfCancellationRequested();
            Array.Sort(titles[i], (a, b) => counts[a] != counts[b] ? counts[a].CompareTo(counts[b]) : string.CompareOrdinal(a, b));
            var own = titles[i].ToHashSet(StringComparer.Ordinal);
            var rare = titles[i].Take(titles[i].Length - (int)Math.Ceiling(Alike * titles[i].Length) + 1).ToList();
            var compared = new HashSet<int>();
            foreach (var other in rare.SelectMany(word => byWord.GetValueOrDefault(word) ?? []).Take(MostCompared).Where(compared.Add))
            {
                if (AreAlike(own, titles[other]))
                {
                    Add(alike, i, other);
                    Add(alike, other, i);
                }
            }

            foreach (var word in rare)
            {
                (byWord.TryGetValue(word, out var list) ? list : byWord[word] = []).Add(i);
            }
        }

        return alike.Select(pair => new CatalogueFinding(
            videos[pair.Key].VideoId,
            videos[pair.Key].Title,
            videos[pair.Value[0]].Title,
            [.. pair.Value.Take(MostNamed).Select(other => videos[other].VideoId)]
        ));
    }

    private static void Add(Dictionary<int, List<int>> alike, int title, int other) =>
        (alike.TryGetValue(title, out var list) ? list : alike[title] = []).Add(other);

    private static bool AreAlike(HashSet<string> own, string[] other)
    {
        var shared = other.Count(own.Contains);
        var differing = own.Where(word => !other.Contains(word, StringComparer.Ordinal)).Concat(other.Where(word => !own.Contains(word)));
        return shared >= Alike * (own.Count + other.Length - shared)
            && (shared == own.Count && shared == other.Length || !differing.All(word => word.Any(char.IsDigit)));
    }
}

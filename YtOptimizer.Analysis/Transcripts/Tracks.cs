namespace YtOptimizer.Analysis.Transcripts;

/// <summary>Files that hold the same speech in several languages, side by side.</summary>
internal static class Tracks
{
    /// <summary>
    /// The language with the most text, when the others run beside it (half of their times are its times, too); else everything, since then
    /// each name is a speaker or a style and its words are said by nobody else.
    /// </summary>
    public static List<Cue> Choose(List<(string Track, Cue Cue)> found)
    {
        var tracks = found.GroupBy(one => one.Track, StringComparer.OrdinalIgnoreCase).Where(track => track.Key.Length > 0).ToList();
        if (tracks.Count < 2)
        {
            return [.. found.Select(one => one.Cue)];
        }

        var main = tracks.OrderByDescending(track => track.Sum(one => one.Cue.Lines.Sum(line => line.Length))).First();
        var times = main.Select(one => one.Cue.Start).ToHashSet();
        var others = tracks.Where(track => track != main).SelectMany(track => track).ToList();
        return others.Count(one => times.Contains(one.Cue.Start)) * 2 >= others.Count
            ?
            [
                .. found
                    .Where(one => one.Track.Length == 0 || one.Track.Equals(main.Key, StringComparison.OrdinalIgnoreCase))
                    .Select(one => one.Cue),
            ]
            : [.. found.Select(one => one.Cue)];
    }
}

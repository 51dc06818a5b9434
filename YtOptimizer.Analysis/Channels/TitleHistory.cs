namespace YtOptimizer.Analysis.Channels;

/// <summary>The titles before some moment, and what resembles a new one. Grows video by video, in their order.</summary>
internal sealed class TitleHistory(IReadOnlyList<int[]> titles, IReadOnlyList<double> lifts, int words)
{
    public const int MostNeighbours = 20;

    /// <summary>A resemblance counts half when the video is this many videos back: habits of channel and audience change.</summary>
    private const double HalfLife = 100;

    /// <summary>Less resemblance is none.</summary>
    private const double Least = 0.05;

    // So far back, even the same title falls below the least.
    private static readonly int Reach = (int)Math.Ceiling(HalfLife * Math.Log2(1 / Least));

    private readonly int[] counts = new int[words];
    private readonly int[] asked = new int[words];
    private int question;
    private int known;

    /// <summary>Videos that are known so far.</summary>
    public int End { get; private set; }

    /// <summary>Takes in all videos before <paramref name="end"/>.</summary>
    public void GrowTo(int end)
    {
        for (; End < end; End++)
        {
            if (double.IsNaN(lifts[End]))
            {
                continue;
            }

            known++;
            foreach (var word in titles[End])
            {
                counts[word]++;
            }
        }
    }

    /// <summary>Most resembling first. Words are distinct; those past the known words stand in no title of the channel.</summary>
    public List<(int Video, double Similarity)> Neighbours(int[] title)
    {
        question++;
        var length = 0.0;
        foreach (var word in title)
        {
            length += word < words ? Square(word) : Math.Pow(Math.Log(known + 1), 2);
            if (word < words)
            {
                asked[word] = question;
            }
        }

        var found = new List<(int Video, double Similarity)>();
        for (var video = End - 1; length > 0 && video >= Math.Max(0, End - Reach); video--)
        {
            if (double.IsNaN(lifts[video]))
            {
                continue;
            }

            double shared = 0,
                own = 0;
            foreach (var word in titles[video])
            {
                var square = Square(word);
                own += square;
                shared += asked[word] == question ? square : 0;
            }

            var similarity = shared > 0 ? shared / Math.Sqrt(length * own) * Math.Pow(0.5, (End - video) / HalfLife) : 0;
            if (similarity > Least)
            {
                found.Add((video, similarity));
            }
        }

        found.Sort((a, b) => b.Similarity != a.Similarity ? b.Similarity.CompareTo(a.Similarity) : b.Video.CompareTo(a.Video));
        return found.Count > MostNeighbours ? found[..MostNeighbours] : found;
    }

    // The square of a word's weight: rare words tell more.
    private double Square(int word)
    {
        var weight = Math.Log((known + 1.0) / (counts[word] + 1));
        return weight * weight;
    }
}

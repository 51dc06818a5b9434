using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Channels;

/// <summary>Words of titles as they are compared: folded; scripts without spaces as pairs of letters, which needs no dictionary.</summary>
internal static class TitleWords
{
    /// <summary>In their order, with repetitions.</summary>
    public static List<string> Of(string title)
    {
        var words = new List<string>();
        foreach (var word in Folding.Fold(title).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Length > 2 && Scripts.IsUnspaced(Scripts.OfFirst(word)))
            {
                for (var i = 0; i + 1 < word.Length; i++)
                {
                    words.Add(word.Substring(i, 2));
                }
            }
            else
            {
                words.Add(word);
            }
        }

        return words;
    }
}

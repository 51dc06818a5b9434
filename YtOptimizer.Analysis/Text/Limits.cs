using System.Text;

namespace YtOptimizer.Analysis.Text;

/// <summary>YouTube's limits and how they count.</summary>
internal static class Limits
{
    public const int Title = 100;
    public const int DescriptionBytes = 5000;
    public const int DescriptionCodePoints = 5000;
    public const int TagsTotal = 500;
    public const int Tag = 100;
    public const int MostHashtags = 60;
    public const int ChapterLabel = 49;
    public static readonly TimeSpan ShortestChapter = TimeSpan.FromSeconds(10);

    /// <summary>Commas between tags count, a tag with a space counts two more (it is quoted).</summary>
    public static int TagsLength(IReadOnlyCollection<string> tags)
    {
        var total = Math.Max(0, tags.Count - 1);
        foreach (var tag in tags)
        {
            total += TagCost(tag);
        }

        return total;
    }

    public static int TagCost(string tag) => tag.Length + (tag.Any(char.IsWhiteSpace) ? 2 : 0);

    public static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);
}

using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Guard;

/// <summary>Small questions the guard asks about proposals.</summary>
internal static class GuardText
{
    private static readonly TimeSpan Snap = TimeSpan.FromSeconds(2);

    // "[Your name]", "{link}", "INSERT LINK HERE"
    public static bool LooksLikePlaceholder(string text)
    {
        var open = text.IndexOfAny(['[', '{']);
        return (open >= 0 && text.IndexOfAny([']', '}'], open) > open + 1)
            || text.Contains("insert ", StringComparison.OrdinalIgnoreCase)
            || text.Contains("your link", StringComparison.OrdinalIgnoreCase)
            || text.Contains("lorem ipsum", StringComparison.OrdinalIgnoreCase);
    }

    public static IEnumerable<string> Emails(string text) =>
        Markup.Find(text).Where(span => span.Kind == MarkupKind.Email).Select(span => text.Substring(span.Start, span.Length));

    public static TimeSpan? Nearest(List<TimeSpan> known, TimeSpan wanted)
    {
        TimeSpan? best = null;
        foreach (var time in known)
        {
            var distance = (time - wanted).Duration();
            if (distance <= Snap && (best is null || distance < (best.Value - wanted).Duration()))
            {
                best = time;
            }
        }

        return best;
    }
}

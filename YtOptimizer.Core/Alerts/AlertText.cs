using System.Net;

namespace YtOptimizer.Core.Alerts;

/// <summary>Texts as the channels take them.</summary>
internal static class AlertText
{
    // Telegram counts at most 4,096 characters after it has read the markup.
    private const int MaxTitle = 200;
    private const int MaxBody = 3800;

    /// <summary>HTML for Telegram. Cut first and escaped then: half an entity would have the whole message refused, again and
    /// again.</summary>
    public static string ToTelegramHtml(string icon, string title, string body) =>
        $"<b>{icon} {WebUtility.HtmlEncode(Cut(title, MaxTitle))}</b>\n{WebUtility.HtmlEncode(Cut(body, MaxBody))}";

    /// <summary>At most <paramref name="length"/> characters, and never half of a surrogate pair.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return text[..end] + "…";
    }
}

namespace YtOptimizer.Core.Notifications;

/// <summary>Where a notification's card may lead: people click it without looking.</summary>
public static class NotificationLinks
{
    public const string Rule = "Links must begin with http://, https:// or /.";

    /// <summary>
    /// An absolute http(s) address, or a path of the app; no script, and nothing that only looks like a path (//host, /\host).
    /// </summary>
    public static bool IsAllowed(string link)
    {
        ArgumentNullException.ThrowIfNull(link);
        if (link.Any(character => char.IsControl(character) || char.IsWhiteSpace(character)))
        {
            return false;
        }

        return link.StartsWith('/')
            ? link.Length == 1 || link[1] is not ('/' or '\\')
            : Uri.TryCreate(link, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
                && uri.Host.Length > 0;
    }
}

using System.ComponentModel.DataAnnotations;

namespace YtOptimizer.Core.Upstreams.Http;

/// <summary>Addresses that a page of ours turns into links and pictures: http(s), or a path of our own. Never javascript:, data: or another
/// host by "//".</summary>
public static class WebLink
{
    public const int MaxLength = 2048;

    public static bool IsValid(string? text)
    {
        if (text is not { Length: > 0 and <= MaxLength } || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\'))
        {
            return false;
        }

        return text[0] == '/'
            ? !text.StartsWith("//", StringComparison.Ordinal)
            : Uri.TryCreate(text, UriKind.Absolute, out var url)
                && url.Scheme is "https" or "http"
                && url.Host.Length > 0
                && url.UserInfo.Length == 0
                && text.StartsWith(url.Scheme + "://", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>For what is already stored, or came from elsewhere: null unless it may be a link.</summary>
    public static string? OrNull(string? text) => IsValid(text) ? text : null;
}

/// <summary>A field that may hold a link: empty, http(s), or a path of our own such as /dashboard/history.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class WebLinkAttribute()
    : ValidationAttribute($"Give an http(s) address or a path such as /dashboard, of at most {WebLink.MaxLength} characters.")
{
    public override bool IsValid(object? value) => value is null or "" || (value is string text && WebLink.IsValid(text));
}

using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace YtOptimizer.Core.Upstreams.YouTube;

/// <summary>A channel as <c>channels.list</c> finds it, from a link or a handle.</summary>
/// <param name="Parameter">The API's filter: id, forHandle or forUsername.</param>
/// <param name="Name">UC… of 24 characters, @handle, or the name of an old user page.</param>
public sealed partial record ChannelReference(string Parameter, string Name)
{
    private const int TimeoutMilliseconds = 1000;

    public static bool TryParse(
        string? raw,
        [NotNullWhen(true)] out ChannelReference? reference,
        [NotNullWhen(false)] out ListLinkError? error
    )
    {
        reference = null;
        if (ListLink.Clean(raw, "channel", out error) is not { } text)
        {
            error ??= Invalid;
            return false;
        }

        if (text.StartsWith('@') || ChannelId().IsMatch(text))
        {
            return Accept(text.StartsWith('@') ? "forHandle" : "id", text, out reference, out error);
        }

        if (!ListLink.TrySplit(text, out var path, out _, out error))
        {
            error ??= Invalid;
            return false;
        }

        if (path is [{ Length: > 0 } first, ..] && Uri.UnescapeDataString(first) is ['@', ..] handle)
        {
            return Accept("forHandle", handle, out reference, out error);
        }

        switch (path)
        {
            case ["channel", var id, ..]:
                return Accept("id", id, out reference, out error);
            case ["user", var user, ..]:
                return Accept("forUsername", user, out reference, out error);
            case ["c", ..]:
                error = new ListLinkError(
                    "channel_custom_address",
                    "The API does not find channels by custom addresses. Give the handle (@name, on the channel's page) or the id (UC…)."
                );
                return false;
            default:
                error = Invalid;
                return false;
        }
    }

    private static ListLinkError Invalid =>
        new("channel_invalid", "Give a channel's handle (@name), its link (youtube.com/@name, youtube.com/channel/UC…) or its id.");

    private static bool Accept(
        string parameter,
        string name,
        [NotNullWhen(true)] out ChannelReference? reference,
        [NotNullWhen(false)] out ListLinkError? error
    )
    {
        var isGood = parameter switch
        {
            "id" => ChannelId().IsMatch(name),
            "forHandle" => Handle().IsMatch(name),
            _ => UserName().IsMatch(name),
        };
        reference = isGood ? new ChannelReference(parameter, name) : null;
        error = isGood ? null : Invalid;
        return isGood;
    }

    [GeneratedRegex(@"\AUC[A-Za-z0-9_-]{22}\z", RegexOptions.CultureInvariant, TimeoutMilliseconds)]
    private static partial Regex ChannelId();

    // Letters of all scripts that handles may have, digits, and what may stand between them.
    [GeneratedRegex(@"\A@[\p{L}\p{M}\p{Nd}._·-]{3,30}\z", RegexOptions.CultureInvariant, TimeoutMilliseconds)]
    private static partial Regex Handle();

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{1,40}\z", RegexOptions.CultureInvariant, TimeoutMilliseconds)]
    private static partial Regex UserName();
}

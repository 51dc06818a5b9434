namespace YtOptimizer.Analysis.Sources;

/// <summary>Tags that programs write for programs: "sp:ty=high", "DN6WWu_KEQs", the id of a channel.</summary>
internal static class MachineTags
{
    private const int VideoId = 11;
    private const int ChannelId = 24;
    private const int PlaylistId = 34;
    private const int LeastWord = 4;
    private const int LeastCode = 14;
    private const int LeastDigits = 6;

    public static bool Is(string tag) =>
        tag.Contains('=', StringComparison.Ordinal)
        || tag.Contains("://", StringComparison.Ordinal)
        || (tag.Length == ChannelId && tag.StartsWith("UC", StringComparison.Ordinal) && tag.All(IsIdLetter) && tag.Any(char.IsAsciiDigit))
        || (
            tag.Length == VideoId
            && tag.All(IsIdLetter)
            && tag.Any(char.IsAsciiLetterUpper)
            && tag.Any(char.IsAsciiLetterLower)
            && (tag.Any(char.IsAsciiDigit) || tag.Contains('_', StringComparison.Ordinal))
            && !char.IsAsciiDigit(tag[^1])
            && !HoldsWord(tag)
        )
        || (tag.Length == PlaylistId && tag.StartsWith("PL", StringComparison.Ordinal) && tag.All(IsIdLetter) && tag.Any(char.IsAsciiDigit))
        || IsCode(tag);

    // "08282016NtflxUSCAN": a date and short forms in one.
    private static bool IsCode(string tag) =>
        tag.Length >= LeastCode
        && tag.All(char.IsAsciiLetterOrDigit)
        && tag.Count(char.IsAsciiDigit) >= LeastDigits
        && tag.Any(char.IsAsciiLetterUpper)
        && tag.Any(char.IsAsciiLetterLower);

    // "Ch3Thailand" is a name.
    private static bool HoldsWord(string tag)
    {
        var run = 0;
        foreach (var c in tag)
        {
            run = char.IsAsciiLetterLower(c) ? run + 1 : 0;
            if (run >= LeastWord)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsIdLetter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}

using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Tags;

/// <summary>Channels that are named after an event by a program: "pycon-us-2015" is written "PyCon US 2015".</summary>
internal static class EventName
{
    private const int LongestCode = 2;

    /// <summary>The name as people write it; other names as they are.</summary>
    public static string Of(string channel) => IsSlug(channel) ? string.Join(' ', channel.Split('-').Select(Written)) : channel;

    /// <summary>"PyCon US" of "PyCon US 2015", null where no year ends the name.</summary>
    public static string? WithoutYear(string name) => IsDated(name) ? name[..name.LastIndexOf(' ')] : null;

    /// <summary>Whether a year ends the name: "channel 5" has none.</summary>
    public static bool IsDated(string name) =>
        name.LastIndexOf(' ') is > 0 and var space && name[(space + 1)..] is ['1' or '2', '0' or '9', _, _] year && year.All(char.IsDigit);

    private static bool IsSlug(string channel) =>
        channel.Contains('-', StringComparison.Ordinal) && channel.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    // "us" is a country.
    private static string Written(string word) =>
        Brands.Form(word) ?? (word.Length == LongestCode ? word.ToUpperInvariant() : Capitalized(word));

    private static string Capitalized(string word) => word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..];
}

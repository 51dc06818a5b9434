using System.Globalization;
using System.Text.RegularExpressions;

namespace YtOptimizer.Core.Upstreams.OpenAi;

/// <summary>When a rate-limited server wants to be asked again: <c>Retry-After</c>, <c>retry-after-ms</c>,
/// <c>x-ratelimit-reset-*</c>.</summary>
public static partial class RateLimitHeaders
{
    /// <param name="header">Looks a header up by its name.</param>
    /// <param name="now">For dates in Retry-After.</param>
    /// <returns>The wait, or null when the server states none. Azure sometimes states −1 or 0; that is none.</returns>
    public static TimeSpan? Wait(Func<string, string?> header, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (
            double.TryParse(header("retry-after-ms"), NumberStyles.Float, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds is > 0 and < 86_400_000
        )
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        var retryAfter = header("Retry-After");
        if (double.TryParse(retryAfter, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds is > 0 and < 86_400 ? TimeSpan.FromSeconds(seconds) : null;
        }

        if (DateTimeOffset.TryParse(retryAfter, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) && date > now)
        {
            return date - now;
        }

        TimeSpan? longest = null;
        foreach (var kind in (string[])["requests", "tokens"])
        {
            // A reset counts only where nothing remains.
            if (
                header("x-ratelimit-remaining-" + kind)?.Trim() == "0"
                && Duration(header("x-ratelimit-reset-" + kind)) is { } reset
                && !(longest >= reset)
            )
            {
                longest = reset;
            }
        }

        return longest;
    }

    /// <summary>Reads <c>6m0s</c>, <c>1h2m3.5s</c>, <c>20ms</c>, <c>7</c> (seconds).</summary>
    public static TimeSpan? Duration(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds is > 0 and < 86_400 ? TimeSpan.FromSeconds(seconds) : null;
        }

        var match = GoDuration().Match(text);
        if (!match.Success)
        {
            return null;
        }

        double Part(string name) => match.Groups[name].Success ? double.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture) : 0;
        var total = (Part("h") * 3600) + (Part("m") * 60) + Part("s") + (Part("ms") / 1000);
        return total is > 0 and < 86_400 ? TimeSpan.FromSeconds(total) : null;
    }

    [GeneratedRegex(
        @"^\s*((?<h>[0-9.]{1,8})h)?((?<m>[0-9.]{1,8})m(?!s))?((?<s>[0-9.]{1,8})s)?((?<ms>[0-9.]{1,8})ms)?\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex GoDuration();
}

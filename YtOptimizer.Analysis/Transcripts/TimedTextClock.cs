using System.Globalization;

namespace YtOptimizer.Analysis.Transcripts;

/// <summary>Time expressions of TTML: "00:01:02.5", "00:01:02:12" with frames, "12.5s", "1500ms", "2m", "1h", "300f", "9000t".</summary>
internal sealed class TimedTextClock
{
    private const double UsualFrameRate = 30;

    private double frameRate = UsualFrameRate;
    private double tickRate = 1;

    public void Configure(string? frames, string? multiplier, string? ticks)
    {
        var factor =
            multiplier?.Split(' ', ':') is [var top, var bottom] && Number(top) is > 0 and var a && Number(bottom) is > 0 and var b
                ? a / b
                : 1;
        var rate = Number(frames);
        frameRate = (rate is > 0 and < 1000 ? rate.Value : UsualFrameRate) * factor;
        tickRate =
            Number(ticks) is > 0 and var perSecond ? perSecond
            : rate is > 0 ? frameRate
            : 1;
    }

    public TimeSpan? Read(string? expression)
    {
        var text = expression?.Trim() ?? "";
        if (text.Length is 0 or > 30)
        {
            return null;
        }

        var seconds = text.Contains(':', StringComparison.Ordinal) ? Clock(text) : Offset(text);
        return seconds is >= 0 and < TimeScanner.MostHours * 3600.0 ? TimeSpan.FromMilliseconds(Math.Round(seconds.Value * 1000)) : null;
    }

    private double? Clock(string text)
    {
        var parts = text.Replace(',', '.').Split(':');
        if (parts.Length is < 2 or > 4)
        {
            return null;
        }

        var frames = parts.Length == 4 ? Number(parts[3]) / frameRate : 0;
        var whole = parts.Length == 4 ? parts[..3] : parts;
        var seconds = 0.0;
        for (var i = 0; i < whole.Length; i++)
        {
            if (Number(whole[i]) is not { } value || (i > 0 && value >= 60))
            {
                return null;
            }

            seconds = (seconds * 60) + value;
        }

        return seconds + frames;
    }

    private double? Offset(string text)
    {
        var digits = text.TrimEnd('h', 'm', 's', 'f', 't');
        return text[digits.Length..] switch
        {
            "h" => Number(digits) * 3600,
            "m" => Number(digits) * 60,
            "s" or "" => Number(digits),
            "ms" => Number(digits) / 1000,
            "f" => Number(digits) / frameRate,
            "t" => Number(digits) / tickRate,
            _ => null,
        };
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Transcripts;

/// <summary>
/// Subtitles in JSON: YouTube's json3 ("events"), the lists of youtube-transcript-api ("text", "start", "duration"), Whisper's ("segments")
/// and their like ("from", "to", "content").
/// </summary>
internal static class JsonCaptions
{
    /// <summary>The framework reads JSON many characters at once, and cannot be interrupted.</summary>
    private const int StepsAtOnce = 64;

    private static readonly string[] Lists = ["events", "segments", "transcript", "snippets", "body", "captions", "cues"];
    private static readonly string[] Texts = ["text", "content", "utf8"];

    /// <summary>Null when the text is no such file.</summary>
    public static List<Cue>? Read(string text)
    {
        var start = text.AsSpan().TrimStart();
        if (start.IsEmpty || start[0] is not ('{' or '['))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            WorkMeter.Count(text.Length / StepsAtOnce);
            return List(document.RootElement) is { } list ? Cues(list) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? List(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            return HoldsText(root) ? root : null;
        }

        foreach (var name in Lists)
        {
            if (
                root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty(name, out var list)
                && list.ValueKind == JsonValueKind.Array
                && (name == "events" || HoldsText(list))
            )
            {
                return list;
            }
        }

        return null;
    }

    private static bool HoldsText(JsonElement list) =>
        list.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object && Words(item).Length > 0);

    private static List<Cue> Cues(JsonElement list)
    {
        var cues = new List<Cue>();
        foreach (var item in list.EnumerateArray())
        {
            WorkMeter.Count(64);
            if (item.ValueKind != JsonValueKind.Object || CueText.Plain(Words(item)) is not { Count: > 0 } lines)
            {
                continue;
            }

            var start = Time(item, "tStartMs", 1) ?? Time(item, "start", 1000) ?? Time(item, "from", 1000);
            var end =
                start + (Time(item, "dDurationMs", 1) ?? Time(item, "duration", 1000) ?? Time(item, "dur", 1000))
                ?? Time(item, "end", 1000)
                ?? Time(item, "to", 1000);
            cues.Add(new Cue(start, end, lines, HasInnerTimes: false));
        }

        return cues;
    }

    private static string Words(JsonElement item)
    {
        if (item.TryGetProperty("segs", out var parts) && parts.ValueKind == JsonValueKind.Array)
        {
            return string.Concat(
                parts
                    .EnumerateArray()
                    .Select(part =>
                        part.ValueKind == JsonValueKind.Object && part.TryGetProperty("utf8", out var words) ? String(words) : ""
                    )
            );
        }

        foreach (var name in Texts)
        {
            if (item.TryGetProperty(name, out var words) && words.ValueKind == JsonValueKind.String)
            {
                return String(words);
            }
        }

        return "";
    }

    private static string String(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return "";
        }

        try
        {
            return TextCleaner.Clean(value.GetString());
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair ("\ud83d") is no text; the rest is.
            return TextCleaner.Clean(Unescaped(value.GetRawText()));
        }
    }

    private static string Unescaped(string raw)
    {
        var output = new StringBuilder(raw.Length);
        for (var i = 1; i < raw.Length - 1; i++)
        {
            if (raw[i] != '\\')
            {
                output.Append(raw[i]);
            }
            else if (raw[++i] == 'u')
            {
                output.Append((char)ushort.Parse(raw.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                output.Append(raw[i] is 'n' or 'r' or 't' or 'b' or 'f' ? ' ' : raw[i]);
            }
        }

        return output.ToString();
    }

    private static TimeSpan? Time(JsonElement item, string name, int milliseconds)
    {
        if (!item.TryGetProperty(name, out var value))
        {
            return null;
        }

        var number =
            value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var found) ? found
            : value.ValueKind == JsonValueKind.String
            && double.TryParse(value.GetString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var read)
                ? read
            : -1;
        number *= milliseconds;
        return number is >= 0 and < TimeScanner.MostHours * 3_600_000.0 ? TimeSpan.FromMilliseconds(Math.Round(number)) : null;
    }
}

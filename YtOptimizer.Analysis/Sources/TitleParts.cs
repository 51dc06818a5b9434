using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

internal enum TitlePartKind
{
    Topic,
    Episode,
    Brand,
    Qualifier,
    Year,
    Hashtag,
}

internal readonly record struct TitlePart(string Text, TitlePartKind Kind, bool Bracketed, char Open, char Close)
{
    public string Shown => Bracketed ? $"{Open}{Text}{Close}" : Text;
}

/// <summary>Cuts a title at separators and brackets and names the role of each part.</summary>
internal static class TitleParser
{
    private const string Opening = "([【（［〔「『《";
    private const string Closing = ")]】）］〕」』》";

    private static readonly HashSet<string> Qualifiers = WordList
        .Section("title-words.txt", "qualifiers")
        .ToHashSet(StringComparer.Ordinal);

    private static readonly HashSet<string> Connectives = WordList
        .Section("title-words.txt", "connectives")
        .ToHashSet(StringComparer.Ordinal);

    private static readonly HashSet<string> Months = WordList.Section("title-words.txt", "months").ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a word, in matching form, names a month.</summary>
    public static bool IsMonth(string folded) => Months.Contains(folded);

    public static List<TitlePart> Parse(string title, Source source)
    {
        var parts = new List<TitlePart>();
        var start = 0;
        for (var i = 0; i < title.Length; i++)
        {
            var open = Opening.IndexOf(title[i], StringComparison.Ordinal);
            // "No[o]ne" is a name.
            if (open >= 0 && (title[i] > 0x7F || i == 0 || !char.IsLetterOrDigit(title[i - 1])))
            {
                var close = title.IndexOf(Closing[open], i + 1);
                // Brackets inside a sentence ("『songs』of") stay where they are.
                if (close > i + 1 && (title[i] is not ('「' or '『' or '《')))
                {
                    Add(parts, title[start..i], source, false, '\0', '\0');
                    Add(parts, title[(i + 1)..close], source, true, title[i], Closing[open]);
                    i = close;
                    start = close + 1;
                    continue;
                }
            }

            if (SeparatorLength(title, i) is var length and > 0)
            {
                Add(parts, title[start..i], source, false, '\0', '\0');
                i += length - 1;
                start = i + 1;
            }
        }

        Add(parts, title[start..], source, false, '\0', '\0');
        // What stands first is the subject, also when it is the channel's own name ("Sia – I'm Still Here") or a hashtag ("#Show | Episode
        // 185").
        if (parts.Count > 1 && parts[0] is { Bracketed: false, Kind: TitlePartKind.Brand or TitlePartKind.Hashtag })
        {
            parts[0] = parts[0] with { Kind = TitlePartKind.Topic };
        }

        // "Charli XCX – 1999" is a song, not a year: beside one topic a number is what the video is called.
        if (
            parts.Count(part => part.Kind == TitlePartKind.Topic) == 1
            && parts.FindIndex(part => part is { Kind: TitlePartKind.Year, Bracketed: false, Text.Length: 4 }) is var year and >= 0
        )
        {
            parts[year] = parts[year] with { Kind = TitlePartKind.Topic };
        }

        return parts;
    }

    private static int SeparatorLength(string title, int i)
    {
        var c = title[i];
        if (c is '|' or '｜' or '•' or '║' or '￨')
        {
            return 1;
        }

        var after = i + 1 < title.Length && title[i + 1] == ' ';
        var before = i > 0 && title[i - 1] == ' ';
        if (c is '-' or '–' or '—' or '~' or '/' or '−' && after && before)
        {
            return 1;
        }

        if (c is ':' && after || c is '：')
        {
            return 1;
        }

        return c is '-' or '–' && after && i > 2 && char.IsLetter(title[i - 1]) ? 1 : 0;
    }

    private static void Add(List<TitlePart> parts, string text, Source source, bool bracketed, char open, char close)
    {
        var tidy = TextCleaner.Tidy(text).Trim(' ', ',', ';', '-', '–', '—', '|', '/');
        if (tidy.Length == 0)
        {
            return;
        }

        // "Dip (Official Video) ft. Nicki Minaj": the guest belongs to the song, not to a part of its own.
        if (
            !bracketed
            && Continues(tidy)
            && parts.FindLastIndex(part => part is { Bracketed: false, Kind: TitlePartKind.Topic }) is var last and >= 0
        )
        {
            parts[last] = parts[last] with { Text = parts[last].Text + " " + tidy };
            return;
        }

        parts.Add(new TitlePart(tidy, Kind(tidy, source), bracketed, open, close));
    }

    /// <summary>Whether a phrase is made only of words like "official video", which say nothing about the subject.</summary>
    public static bool IsQualifier(string folded) => folded.Split(' ').All(Qualifiers.Contains);

    /// <summary>Whether a part begins with a word that joins it to what stands before.</summary>
    public static bool Continues(string text) =>
        Connectives.Contains(Folding.Fold(text).Split(' ')[0])
        || text.StartsWith("w/", StringComparison.OrdinalIgnoreCase)
        || text[0] is '&' or '+';

    private static TitlePartKind Kind(string text, Source source)
    {
        var folded = Folding.Fold(text);
        if (text.StartsWith('#') && !text.Contains(' ', StringComparison.Ordinal))
        {
            return TitlePartKind.Hashtag;
        }

        if (
            (
                folded.Length == 4
                && folded.All(char.IsAsciiDigit)
                && (folded.StartsWith("19", StringComparison.Ordinal) || folded.StartsWith("20", StringComparison.Ordinal))
            ) || IsDate(folded)
        )
        {
            return TitlePartKind.Year;
        }

        if (IsBrand(folded, source))
        {
            return TitlePartKind.Brand;
        }

        var words = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return TitlePartKind.Qualifier;
        }

        if (words.Length <= 4 && IsEpisode(words, source))
        {
            return TitlePartKind.Episode;
        }

        return words.All(Qualifiers.Contains) ? TitlePartKind.Qualifier : TitlePartKind.Topic;
    }

    // "29 October 2018", "31.10.2018", "26th Oct".
    private static bool IsDate(string folded)
    {
        var words = folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length is >= 2 and <= 5
            && words.Any(word => char.IsAsciiDigit(word[0]))
            && words.All(word =>
                word.All(char.IsAsciiDigit)
                || Months.Contains(word)
                || (char.IsAsciiDigit(word[0]) && word[^2..] is "st" or "nd" or "rd" or "th")
                || word is "de" or "of"
            );
    }

    private static bool IsBrand(string folded, Source source)
    {
        if (source.Input.ChannelTitle is not { } channel || folded.Length < 3)
        {
            return false;
        }

        var name = Folding.Fold(channel);
        return name == folded
            || (folded.Length >= 5 && name.Replace(" ", "", StringComparison.Ordinal) == folded.Replace(" ", "", StringComparison.Ordinal));
    }

    private static bool IsEpisode(string[] words, Source source)
    {
        var number = words.Any(word => word.Any(char.IsDigit));
        if (!number)
        {
            return false;
        }

        return words.Any(word =>
                source.Template.Part.Contains(word, StringComparer.Ordinal)
                || word
                    is "ep"
                        or "episode"
                        or "part"
                        or "pt"
                        or "season"
                        or "vol"
                        or "capitulo"
                        or "capítulo"
                        or "folge"
                        or "серия"
                        or "выпуск"
                        or "bölüm"
            )
            || (
                words.Length == 1
                && words[0].Length <= 7
                && words[0].Any(char.IsDigit)
                && (
                    words[0].StartsWith('s')
                    || words[0].StartsWith('第')
                    || words[0].EndsWith('회')
                    || words[0].EndsWith('화')
                    || words[0].EndsWith('話')
                )
            );
    }
}

using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Thumbnails;

/// <summary>Which part of a song's title is the artist and which the track. The order says nothing: "Artist - Track" and
/// "Track - Artist" are both common; the channel, credits, and what stands behind "by" say it.</summary>
/// <param name="Artist">Null where nothing names one: then nobody is.</param>
/// <param name="Track">Null where the title names none.</param>
internal readonly partial record struct SongTitle(string? Artist, string? Track)
{
    private const int Read = 1200;
    private const int Widest = 44;
    private const int Certain = 2;
    private const double SureOfSong = 0.9;
    private const int LongName = 5;
    private const int ShortName = 3;

    private static readonly FrozenSet<string> Forms = (
        "official officiel officielle oficial offizielles audio video vidéo vídeo videoclip clip clipe mv m/v pv lyric lyrics full hd 4k "
        + "teaser visualizer клип премьера клипа видео"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    // Of a song or of its form: "Video Song", but "The Zombie Song".
    private static readonly FrozenSet<string> Weak = "song songs music musik music live cover remix version letra"
        .Split(' ')
        .Distinct(StringComparer.Ordinal)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The first of several artists.</summary>
    public string? FirstArtist => Artist is null ? null : Joint().Split(Artist)[0];

    /// <summary>Both null where the title does not look like one of a song.</summary>
    public static SongTitle Of(Source source)
    {
        // The part of a series is no song, but a song may have parts.
        if (
            source.Kind.Confidence < SureOfSong
            && source.Text.TitleTokens.Exists(token => source.Template.Part.Contains(token.Folded, StringComparer.Ordinal))
        )
        {
            return default;
        }

        var title = Label().Replace(TextCleaner.Tidy(source.SafeTitle), "");
        if (Quoted().Match(title) is { Success: true } quoted)
        {
            return Named(source, Side.Of(quoted.Groups["before"].Value), Side.Of(quoted.Groups["track"].Value), ordered: true);
        }

        var bars = Bar().Split(title);
        for (var i = 0; i < Math.Min(2, bars.Length); i++)
        {
            var sides = Dash().Split(bars[i], 2);
            if (sides.Length == 2 && Side.Of(sides[0]) is { Text.Length: > 0 } a && Side.Of(sides[1]) is { Text.Length: > 0 } b)
            {
                return Named(source, a, b, ordered: false);
            }
        }

        var first = Side.Of(bars[0]);
        if (bars.Length == 1)
        {
            return first.HasForm ? new(Credited(source), first.Text) : default;
        }

        // Between bars the track comes first, behind the artist on the artist's own channel, or a film of a number.
        var second = Side.Of(bars[1]);
        return IsOwn(source, first.Text) && !IsOwn(source, second.Text) ? new(first.Text, second.Text)
            : second.HasForm && first.Text.All(char.IsDigit) ? new(Credited(source), second.Text)
            : first.Text.Length > 0 && source.Kind.About == VideoKind.Music ? new(Credited(source), first.Text)
            : default;
    }

    private static SongTitle Named(Source source, Side a, Side b, bool ordered)
    {
        if (a.Text.Length == 0 || b.Text.Length == 0)
        {
            return default;
        }

        var text = Folding.Fold(Graphemes.Take(source.SafeDescription, Read));
        var (one, other) = (Evidence(source, text, a, b, isLast: false), Evidence(source, text, b, a, isLast: true));
        one += ordered ? Certain : 1;

        return one >= Certain && one > other && IsArtist(source, a.Text) ? new(a.Text, b.Text)
            : other >= Certain && other > one && IsArtist(source, b.Text) ? new(b.Text, a.Text)
            // Of two that nothing tells apart the second is more often the track.
            : new(null, one < other ? a.Text : b.Text);
    }

    private static int Evidence(Source source, string text, Side side, Side other, bool isLast)
    {
        var (name, track) = (Folding.Fold(side.Text), Folding.Fold(other.Text));
        if (name.Length == 0 || track.Length == 0)
        {
            return 0;
        }

        bool Says(string words) => text.Contains(words, StringComparison.Ordinal);
        // On a stage somebody else may sing the artist's song: tags say nothing there.
        var tags = source.Kind.About == VideoKind.Performance ? 0 : Tagged(source, name, track);
        return (IsOwn(source, side.Text) ? 4 : 0)
            + tags
            + (side.IsJoined ? 1 : 0)
            + (Credited(source) is { } credited && Folding.Fold(credited).StartsWith(name, StringComparison.Ordinal) ? 4 : 0)
            + (
                Says($"{track} by {name}") || Says($"{name} performing {track}") || Says($"{name} s {track}") || Says($"{track} de {name}")
                    ? 3
                    : 0
            )
            // What has the form of the video behind it in brackets, and a name behind that, is the track.
            - (side.HasForm && !isLast ? 2 : 0);
    }

    // An artist is tagged first, and in more tags than one.
    private static int Tagged(Source source, string name, string track)
    {
        var (first, whole, longer) = (0, 0, 0);
        for (var i = 0; i < source.Input.Tags.Count; i++)
        {
            var tag = Folding.Fold(source.Input.Tags[i]);
            first += i == 0 && tag == name ? 2 : 0;
            whole |= tag == name ? 1 : 0;
            longer |=
                tag.Length > name.Length
                && tag.StartsWith(name + " ", StringComparison.Ordinal)
                && !tag.Contains(track, StringComparison.Ordinal)
                    ? 1
                    : 0;
        }

        return first + whole + longer;
    }

    // A list of songs or of kinds of them has no artist.
    private static bool IsArtist(Source source, string text) =>
        Graphemes.DisplayWidth(text) <= Widest
        && !source.Tokens(text).Exists(token => PromisedWords.IsForm(source, token.Folded) || Forms.Contains(token.Folded));

    private static string? Credited(Source source) =>
        Credit().Match(Graphemes.Take(source.SafeDescription, Read)) is { Success: true } credit
        && (" " + Folding.Fold(source.SafeTitle) + " ").Contains(
            " " + Folding.Fold(credit.Groups["name"].Value) + " ",
            StringComparison.Ordinal
        )
            ? credit.Groups["name"].Value.Trim()
            : null;

    // The channel bears the name, or each word of it.
    private static bool IsOwn(Source source, string text)
    {
        var own = Plain(source.Input.ChannelTitle ?? "");
        foreach (var name in Joint().Split(text))
        {
            var words = Plain(name, ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var whole = string.Concat(words);
            if (
                whole.Length > 0
                && (
                    own == whole
                    || (whole.Length >= ShortName && own.StartsWith(whole, StringComparison.Ordinal))
                    || (whole.Length >= LongName && own.Contains(whole, StringComparison.Ordinal))
                    || (words.Length > 1 && Array.TrueForAll(words, word => own.Contains(word, StringComparison.Ordinal)))
                    || (words.Length > 1 && words[^1].Length >= LongName && own.Contains(words[^1], StringComparison.Ordinal))
                )
            )
            {
                return true;
            }
        }

        return false;
    }

    // Letters and digits without accents: channels are often named so.
    private static string Plain(string text, char gap = '\0')
    {
        var output = new StringBuilder(text.Length);
        foreach (var c in Folding.Normalize(text.ToLowerInvariant(), NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c))
            {
                output.Append(c);
            }
            else if (gap != '\0' && char.IsWhiteSpace(c))
            {
                output.Append(gap);
            }
        }

        return output.ToString();
    }

    /// <param name="Text">Without brackets, guests and words of form.</param>
    /// <param name="HasForm">Whether there were words of form: "(Official Video)".</param>
    /// <param name="IsJoined">Whether it names several.</param>
    private readonly record struct Side(string Text, bool HasForm, bool IsJoined)
    {
        public static Side Of(string raw)
        {
            var text = raw;
            var bracket = text.IndexOfAny(['(', '[', '{', '（', '【', '「'], Math.Min(1, text.Length));
            text = bracket > 0 ? text[..bracket] : text;
            if (Guest().Match(text) is { Success: true, Index: > 0 } guest)
            {
                text = text[..guest.Index];
            }

            var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
            var whole = words.Count;
            while (
                words.Count > 1
                && (
                    Forms.Contains(words[^1].ToLowerInvariant())
                    || (words.Count > 2 && Weak.Contains(words[^1].ToLowerInvariant()) && Forms.Contains(words[^2].ToLowerInvariant()))
                )
            )
            {
                words.RemoveAt(words.Count - 1);
            }

            var form =
                words.Count < whole
                || (
                    bracket > 0
                    && raw[bracket..]
                        .ToLowerInvariant()
                        .Split([' ', '(', ')', '[', ']', '/'], StringSplitOptions.RemoveEmptyEntries)
                        .Any(Forms.Contains)
                );
            // "A Million Dreams/A Million Dreams (Reprise)"
            var bare = string.Join(' ', words).Split('/')[0].Trim(' ', '-', '–', '—', '"', '“', '”', '«', '»', ',', '.', ':', '_', '|');
            return new(
                Graphemes.DisplayWidth(bare) <= Widest ? bare : "",
                form,
                Joint().IsMatch(bare) || raw.Length > 0 && Guest().IsMatch(raw) && bracket < 0
            );
        }
    }

    // "[MV]", "【…】" at the beginning.
    [GeneratedRegex(@"^(?:\s*[\[【{(][^\]】})]{1,24}[\]】})]\s*)+", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Label();

    [GeneratedRegex(
        @"^(?<before>[^「『“""|]{2,40}?)(?:\s*[-–—])?\s*(?:[「『“]|(?<=\s)"")(?<track>[^「『」』“”""|]{2,40})[」』”""]",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\s*[|｜│]+\s*|\s+/+\s+", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Bar();

    [GeneratedRegex(@"\s+[-–—_]+\s+|\s+:\s+", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Dash();

    [GeneratedRegex(@"\s*[,&×]\s*|\s+(?:x|х|X|and|feat\.?|ft\.?|y|e|и)\s+", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Joint();

    [GeneratedRegex(@"\s(?:ft|feat|featuring|part|prod)\b\.?\s", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, Patterns.Timeout)]
    private static partial Regex Guest();

    [GeneratedRegex(
        @"(?i:singers?|artists?|artista|vocals?|cantante|intérprete|исполнитель|가수)\s*[:：–-]\s*(?<name>[\p{L}\p{M}'’. ]{2,40}?)"
            + @"(?=\s*(?:[,&|/\n\r(\[]|$|(?<=\p{Ll})(?=\p{Lu})|\s(?i:music|lyrics|lyricist|label|song|composer|música|musica)\b))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex Credit();
}

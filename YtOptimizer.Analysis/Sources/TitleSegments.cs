using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

internal enum SegmentRole
{
    Topic,

    /// <summary>Name of a show, series or programme.</summary>
    Series,
    Episode,
    Date,
    Channel,
    Hashtag,

    /// <summary>"Official Video", "HD".</summary>
    Qualifier,

    /// <summary>A person's name in two or three words.</summary>
    Person,

    /// <summary>A label in brackets before the subject.</summary>
    Label,
}

internal readonly record struct TitleSegment(string Text, SegmentRole Role);

/// <summary>
/// A title cut at bars and spaced dashes (not at colons, which stand inside sentences), each part with its role. Unlike
/// <see cref="TitleParser"/> it keeps brackets in place, so that the parts can be put together again in another order.
/// </summary>
internal static partial class TitleSegments
{
    private const int MostSeriesWords = 5;
    private const int Opening = 200;

    public static List<TitleSegment> Split(string title, Source source)
    {
        var segments = new List<TitleSegment>();
        var rest = title;
        while (Label().Match(rest) is { Success: true } label && label.Length < rest.Length)
        {
            segments.Add(new TitleSegment(label.Groups["text"].Value.Trim(), SegmentRole.Label));
            rest = rest[label.Length..];
        }

        var pieces = Separator().Split(rest).Select(piece => piece.Trim()).Where(piece => piece.Length > 0).ToList();
        // A dash joins artist and song, or a name and what is said of it; only a bar parts a show from its headline.
        var barred = pieces.Count > 1 && Bar().IsMatch(rest[..Math.Min(rest.Length, pieces[0].Length + 4)]);
        foreach (var piece in pieces)
        {
            if (segments.Count == 0 && Lead(piece, source) is { } lead)
            {
                segments.Add(new TitleSegment(lead.Name, lead.Role));
                segments.Add(new TitleSegment(lead.After, SegmentRole.Topic));
                continue;
            }

            var role = Role(piece, source);
            if (segments.Count == 0 && role is (SegmentRole.Topic or SegmentRole.Series))
            {
                role = barred && OpensSeries(pieces, source) ? SegmentRole.Series : SegmentRole.Topic;
            }

            segments.Add(new TitleSegment(piece, role));
        }

        return segments;
    }

    /// <summary>Whether a name of two or three words with capitals that the creator also tagged or wrote elsewhere.</summary>
    public static bool IsPerson(string text, Source source)
    {
        var words = text.Split(' ');
        return words.Length is 2 or 3
            && words.All(word => word.Length > 1 && char.IsUpper(word[0]) && word.Skip(1).Any(char.IsLower) && word.All(IsNamePart))
            && (source.TagKeys.Contains(Folding.Fold(text)) || source.Rest.Folded.Contains(Folding.Fold(text), StringComparison.Ordinal))
            && !words.All(word => source.IsEveryday(Folding.Fold(word)));
    }

    /// <summary>Whether it is the name of the channel, or one holds the other.</summary>
    public static bool IsChannel(string text, Source source)
    {
        if (source.Input.ChannelTitle is not { } channel)
        {
            return false;
        }

        var own = Folding.Fold(channel).Replace(" ", "", StringComparison.Ordinal);
        var other = Folding.Fold(text).Replace(" ", "", StringComparison.Ordinal);
        return other.Length >= 3
            && own.Length >= 3
            && (
                own == other
                || (other.Length >= 5 && own.Contains(other, StringComparison.Ordinal))
                || other.StartsWith(own, StringComparison.Ordinal)
            );
    }

    /// <summary>The role of one part that stands alone.</summary>
    public static SegmentRole RoleOf(string text, Source source) => Role(text, source);

    private static bool IsNamePart(char c) => char.IsLetter(c) || c is '\'' or '’' or '-' or '.';

    private static SegmentRole Role(string text, Source source)
    {
        var folded = Folding.Fold(text);
        if (text.StartsWith('#') && !text.Contains(' ', StringComparison.Ordinal) && !Number().IsMatch(text))
        {
            return SegmentRole.Hashtag;
        }

        if (Date().IsMatch(text))
        {
            return SegmentRole.Date;
        }

        if (Episode().IsMatch(text))
        {
            return SegmentRole.Episode;
        }

        if (IsChannel(text, source))
        {
            return SegmentRole.Channel;
        }

        if (TitleParser.IsQualifier(folded))
        {
            return SegmentRole.Qualifier;
        }

        if (IsPerson(text, source))
        {
            return SegmentRole.Person;
        }

        return IsSeries(text, folded, source) ? SegmentRole.Series : SegmentRole.Topic;
    }

    // "Good morning | A whole headline": a short part that the opening of the description does not take up, before a long one.
    private static bool OpensSeries(List<string> pieces, Source source) =>
        pieces.Count > 1
        && source.Tokens(pieces[0]) is { Count: > 0 and <= 4 } tokens
        && (tokens.Count > 1 || tokens[0].IsUnspaced)
        && pieces[0].AsSpan().IndexOfAny("?!？！") < 0
        && source.Tokens(pieces[1]).Count >= 6
        && !source
            .ContentStems(Graphemes.Take(source.AboutText.TrimStart(), Opening))
            .Intersect(source.ContentStems(pieces[0]), StringComparer.Ordinal)
            .Any();

    // A short name that is tagged as it stands and says nothing that happens: what the description opens with is the subject itself.
    private static bool IsSeries(string text, string folded, Source source) =>
        source.TagKeys.Contains(folded)
        && !Folding.Fold(Graphemes.Take(source.AboutText.TrimStart(), Opening)).Contains(folded, StringComparison.Ordinal)
        && folded.Split(' ').Length <= MostSeriesWords
        && text.Length <= 40
        && text.AsSpan().IndexOfAny("?!？！") < 0
        && (Scripts.IsUnspaced(Scripts.OfFirst(folded)) || folded.Contains(' ', StringComparison.Ordinal) || text.Length > 5);

    // "Ep. 12: …", "#12 …", "Channel: …": the mark of a series before the subject.
    private static (string Name, SegmentRole Role, string After)? Lead(string piece, Source source)
    {
        var at = piece.IndexOf(": ", StringComparison.Ordinal);
        if (at is < 2 or > 40)
        {
            return null;
        }

        var name = piece[..at].Trim();
        var rest = piece[(at + 2)..].Trim();
        var role =
            Episode().IsMatch(name) ? SegmentRole.Episode
            : IsChannel(name, source) ? SegmentRole.Channel
            : SegmentRole.Topic;
        return role == SegmentRole.Topic || rest.Length == 0 ? null : (name, role, rest);
    }

    [GeneratedRegex(@"\s*[|｜║￨│┃ㅣ]+\s*|\s+[-–—•]\s+|\s+//\s+", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Separator();

    [GeneratedRegex(
        @"^\s*(?:【(?<text>[^【】]{2,20})】|\[(?<text>[^\[\]]{2,20})\]\s)\s*",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex Label();

    [GeneratedRegex(@"[|｜║￨│┃ㅣ]", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Bar();

    [GeneratedRegex(@"^#\d", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Number();

    [GeneratedRegex(
        @"^(?:\(?\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\)?|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}(?:st|nd|rd|th|er|"
            + @"º)?\.?(?: de| of)? \p{L}{3,12}\.?,?(?: de| del)? \d{4}|\p{L}{3,12} \d{1,2}(?:st|nd|rd|th)?,? \d{4}|"
            + @"\d{4}年\d{1,2}月\d{1,2}日|\d{4})$",
        RegexOptions.CultureInvariant,
        Patterns.Timeout
    )]
    private static partial Regex Date();

    [GeneratedRegex(
        @"^(?:#\s?\d{1,4}|(?:ep(?:isode|\.)?|episodio|episódio|épisode|folge|part|parte|partie|pt\.?|teil|tập|"
            + @"cap(?:ítulo|itulo|\.)?|серия|выпуск|часть|odcinek|aflevering|season \d+ episode|"
            + @"s\d+\s?e)\s?\.?#?\s?\d{1,4}(?:/\d+)?|\d{1,4}\.?\s?(?:bölüm|серия|выпуск|часть|회|화|話|부|集)|第\d{1,4}[話回集])$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        Patterns.Timeout
    )]
    private static partial Regex Episode();
}

using System.Runtime.CompilerServices;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>
/// Gives links, credits and calls of a description that has lost its line breaks lines of their own again. Only white space changes, and
/// only at places that leave no doubt; a text that is still one line afterwards is better than one that is cut inside a name.
/// </summary>
internal sealed class GluedLines
{
    private const int Short = 100;
    private const int Long = 250;
    private const int FewestPlaces = 2;
    private const int LeastProse = 60;
    private const int Paragraph = 180;

    // One reading serves all drafts of a description.
    private static readonly ConditionalWeakTable<Source, GluedLines> Read = [];

    private GluedLines(List<string> lines, int mended = 0, int left = 0, int open = 0) =>
        (Lines, Mended, Left, Open) = (lines, mended, left, open);

    /// <summary>The lines with a blank one between parts; empty when the text has not lost its line breaks.</summary>
    public List<string> Lines { get; }

    /// <summary>Lost line breaks that are set again.</summary>
    public int Mended { get; }

    /// <summary>Places that look like lost line breaks and that nobody can be sure of.</summary>
    public int Left { get; }

    /// <summary>Words with a capital inside that may be two lines or a name.</summary>
    public int Open { get; }

    /// <summary>Whether most of what was lost is still lost.</summary>
    public bool IsMostlyLeft => Left > Mended;

    public static GluedLines Of(Source source) =>
        Read.GetValue(source, static key =>
            Split(
                TextCleaner.ReplaceAngleBrackets(key.SafeDescription),
                key.SafeTitle.Trim(),
                key.SafeTags,
                key.Language.Code,
                key.Input.ChannelTitle ?? ""
            )
        );

    public static GluedLines Split(string text, string title, IReadOnlyList<string> tags, string language, string channel = "")
    {
        if (text.Length < Short || !HashtagRuns.IsOneLine(text))
        {
            return new([]);
        }

        // Walls of hashtags below the line stay below it.
        var end = text.IndexOf('\n');
        var line = end < 0 ? text : text[..end];
        var words = new GluedWords(line, title, tags, language, channel);
        var places = GluedPlaces.Find(line, title, words);
        if (TooFew(places, text))
        {
            return new([]);
        }

        var lines = Parts(Pieces(line, places));
        // Times that make no list of chapters stay where they stand.
        if (places.HasTimes && !ChapterList.IsWhole(ChapterList.Parse(string.Join('\n', lines))))
        {
            places = GluedPlaces.Find(line, title, words, times: false);
            if (TooFew(places, text))
            {
                return new([]);
            }

            lines = Parts(Pieces(line, places));
        }

        if (end >= 0)
        {
            lines.AddRange(text[end..].Split('\n').Select(below => below.TrimEnd()));
        }

        return new(lines, places.Mended, places.Left, places.Open);
    }

    private static bool TooFew(GluedPlaces places, string text)
    {
        var (sure, isLong) = (places.Mended > 0, text.Length >= Long);
        return (places.Mended + places.Left < FewestPlaces && places.Places.Count < FewestPlaces && !(sure && isLong))
            || (!sure && !isLong);
    }

    private static List<string> Pieces(string line, GluedPlaces places)
    {
        var pieces = new List<string>();
        var start = 0;
        foreach (var at in places.Places.Append(line.Length))
        {
            if (line[start..at].Trim() is { Length: > 0 } piece)
            {
                pieces.Add(piece);
            }

            start = at;
        }

        return pieces;
    }

    // A blank line where text about the video turns to links and calls or back, behind a long paragraph, and in front of hashtags.
    private static List<string> Parts(List<string> pieces)
    {
        var lines = new List<string>();
        for (var i = 0; i < pieces.Count; i++)
        {
            if (i > 0 && Turns(pieces[i - 1], pieces[i]))
            {
                lines.Add("");
            }

            lines.Add(pieces[i]);
        }

        return lines;
    }

    private static bool Turns(string before, string piece)
    {
        var (first, second) = (IsProse(before), IsProse(piece));
        return first != second && (first || !before.EndsWith(':'))
            || (first && second && before.Length >= Paragraph && piece.Length >= LeastProse)
            || (piece[0] == '#' && before[0] != '#' && DescriptionLines.Classify(piece) == LineKind.Hashtags);
    }

    private static bool IsProse(string piece) =>
        DescriptionLines.Classify(piece) == LineKind.Prose
        && piece.Length >= LeastProse
        && Passages.Classify(piece) == PassageKind.Prose
        && GluedWords.LabelEnd(piece, 0) == 0;
}

using System.Buffers;
using System.Text.RegularExpressions;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>"Topic: a, b and c" of the chapters or of a list in the description, and a list's heading that counts its points.</summary>
internal sealed partial class ContentsTitles(Source source, TitleShape shape, TopicTitles topics)
{
    private const int Named = 3;
    private const int MostLines = 200;
    private const int WidestLabel = 28;
    private const int MostLabelWords = 4;
    private const int FewestHeadingWords = 4;
    private static readonly SearchValues<char> Marks = SearchValues.Create("?!:|/@#,;()[]\"…？！：、，（【");
    private readonly string code = source.Language.Code;

    public IEnumerable<TitleDraft> Write()
    {
        if (source.Kind.About is VideoKind.Music or VideoKind.Performance or VideoKind.Trailer or VideoKind.Sports)
        {
            yield break;
        }

        var (heading, points) = PointsOfList();
        if (heading is not null)
        {
            yield return new TitleDraft(
                heading,
                TitleApproach.Contents,
                $"Says how many points the video has, as the heading of your list does; the list holds {points.Count}.",
                0.7
            );
            yield break;
        }

        var intro = Folding.Fold(source.Template.Intro);
        var chapters = ChapterList.Parse(source.SafeDescription);
        var labels = (chapters.Count >= ChapterList.Fewest ? chapters.Select(chapter => chapter.Label) : points)
            .Select(label => TextCleaner.Tidy(label).TrimEnd('.', '。', ';', ','))
            .Where(label => label.Length > 0 && !Folding.Fold(label).Contains(intro, StringComparison.Ordinal) && IsName(label))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(Named)
            .Select(InSentence)
            .ToList();
        if (labels.Count == Named && topics.With(Joined(labels)) is { } text)
        {
            yield return new TitleDraft(
                text,
                TitleApproach.Contents,
                "Says what the video holds, as your chapters or list name it, so that viewers know what they get.",
                0.66
            );
        }
    }

    // The first list of three points and more, and its heading where that counts them ("5 ways to store bread:").
    private (string? Heading, List<string> Points) PointsOfList()
    {
        List<string> points = [];
        string? above = null;
        string? heading = null;
        foreach (var line in source.SafeDescription.Split('\n').Take(MostLines))
        {
            if (Point().Match(line) is { Success: true } match)
            {
                heading = points.Count == 0 ? above : heading;
                points.Add(match.Groups["text"].Value);
            }
            else if (points.Count >= Named)
            {
                break;
            }
            else if (!string.IsNullOrWhiteSpace(line))
            {
                points.Clear();
                above = line.Trim();
            }
        }

        return points.Count < Named ? (null, []) : (Counted(heading, points.Count), points);
    }

    private string? Counted(string? line, int count)
    {
        if (line is null || line[^1] is not (':' or '：') || Passages.Classify(line) != PassageKind.Prose)
        {
            return null;
        }

        var text = line.TrimEnd(':', '：', ' ');
        var tokens = source.Tokens(text);
        var number = count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return
            tokens.Count(token => !token.IsStop) >= FewestHeadingWords
            && tokens[0].Folded == number
            && !tokens.Exists(token => TitleWords.Pointing.Contains(token.Folded) || TitleWords.Spoken.Contains(token.Folded))
            && !tokens[^1].IsStop
            ? shape.Finish(shape.Cased(text))
            : null;
    }

    // A short name without a verb of its own, a link or a label before it.
    private bool IsName(string label)
    {
        var tokens = source.Tokens(label);
        return Graphemes.DisplayWidth(label) is > 2 and <= WidestLabel
            && tokens.Count is > 0 and <= MostLabelWords
            && !tokens[0].IsStop
            && !tokens[^1].IsStop
            && PhraseEdges.For(code).Opens(tokens[0].Folded)
            && PhraseEdges.For(code).Closes(tokens[^1].Folded)
            && !tokens.Exists(token => token.Has(TokenFlags.Digits) || (token.Has(TokenFlags.AllCaps) && token.Length > 4))
            && !tokens.Exists(token => TitleWords.Pointing.Contains(token.Folded) || TitleWords.Spoken.Contains(token.Folded))
            && label.AsSpan().IndexOfAny(Marks) < 0
            && !label.Contains(" - ", StringComparison.Ordinal)
            && Passages.Classify(label) is PassageKind.Prose or PassageKind.Chapter
            && !label.EnumerateRunes().Any(Graphemes.IsEmoji);
    }

    // Points begin with a capital; within a title only a name keeps it, and a word alone may be one.
    private string InSentence(string label)
    {
        var tokens = source.Tokens(label);
        return
            code is not ("en" or "de")
            && tokens.Count > 1
            && label.Length > 1
            && char.IsUpper(label[0])
            && char.IsLower(label[1])
            && !tokens.Skip(1).Any(token => token.Has(TokenFlags.Capitalized))
            && !source.IsNamed(tokens[0].Folded)
            ? Casing.Lower(label[..1], code) + label[1..]
            : label;
    }

    private string Joined(List<string> labels)
    {
        var join = WordRoles.For(code).Join.OrderBy(word => word.Length).FirstOrDefault();
        // "pan e higos": before the same vowel the word is another.
        if (code == "es" && SoundsLikeI().IsMatch(labels[^1]))
        {
            join = "e";
        }

        var unspaced = code is "ja" or "zh" or "th" or "ko" or "ar";
        return join is null || unspaced
            ? string.Join(
                code is "ja" or "zh" ? "、"
                    : code == "ar" ? "، "
                    : ", ",
                labels
            )
            : $"{string.Join(", ", labels.SkipLast(1))} {join} {labels[^1]}";
    }

    [GeneratedRegex(
        @"^\s{0,6}(?:[-*•·●▪▶✔✅–]|\d{1,2}[.)])\s+(?<text>\S.{1,80})$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        Patterns.Timeout
    )]
    private static partial Regex Point();

    [GeneratedRegex("^h?[ií](?![aeoué])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, Patterns.Timeout)]
    private static partial Regex SoundsLikeI();
}

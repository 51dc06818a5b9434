using System.Text;
using YtOptimizer.Analysis;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Suggestions.Titles;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Evaluation;

/// <summary>Checks what the analyzer put out, by code that shares nothing with the writers but the definitions of words.</summary>
internal sealed class OutputChecks(Analyzer analyzer)
{
    // "://" and the shortest name of a host, "t.co".
    private const int ShortestHost = 7;

    public Tally Constraints { get; } = new();

    public Tally Grounding { get; } = new();

    public Tally Kept { get; } = new();

    public Tally Language { get; } = new();

    /// <summary>The video with our suggestions in place.</summary>
    public static VideoInput Apply(VideoInput input, AnalysisResult result) =>
        input with
        {
            Title = result.Fixes.LastOrDefault(fix => fix.NewTitle is not null)?.NewTitle ?? input.Title,
            Description = result.Description.Text,
            Tags = result.Tags.Tags,
        };

    public void Check(string id, VideoInput input, AnalysisResult result)
    {
        Constraints.Add(id, Limits(input, result));
        Grounding.Add(id, Ground(input, result));
        Kept.Add(id, Lost(input, result));
        CheckLanguage(id, input, result);
    }

    internal static string? Limits(VideoInput input, AnalysisResult result)
    {
        foreach (var title in result.Titles)
        {
            if (
                title.Text.Length is 0 or > 100
                || title.Text.AsSpan().IndexOfAny('<', '>') >= 0
                || title.Text == input.Title
                || title.Text.Any(char.IsControl)
            )
            {
                return "title: " + title.Text;
            }
        }

        if (Encoding.UTF8.GetByteCount(result.Description.Text) > 5000 || result.Description.Text.AsSpan().IndexOfAny('<', '>') >= 0)
        {
            return $"description: {Encoding.UTF8.GetByteCount(result.Description.Text)} bytes";
        }

        var length =
            result.Tags.Tags.Sum(tag => tag.Length + (tag.Contains(' ', StringComparison.Ordinal) ? 2 : 0))
            + Math.Max(0, result.Tags.Tags.Count - 1);
        if (
            length > 500
            || length != result.Tags.TotalLength
            || result.Tags.Tags.Any(tag => tag.Length is 0 or > 100 || tag.AsSpan().IndexOfAny(",<>\"") >= 0)
            || result.Tags.Tags.Select(Folding.Fold).Distinct(StringComparer.Ordinal).Count() != result.Tags.Tags.Count
        )
        {
            return $"tags: {length}";
        }

        if (
            result.Hashtags.Count > 5
            || result.Hashtags.Any(tag => tag.Length < 2 || tag[0] != '#' || HashtagEnd.LengthOf(tag, 0) != tag.Length)
        )
        {
            return "hashtags: " + string.Join(' ', result.Hashtags);
        }

        if (result.Chapters.Chapters.Count > 0 && ChapterList.Validate(result.Chapters.Chapters, input.Duration).Count > 0)
        {
            return "chapters";
        }

        if (result.ThumbnailIdeas.Any(idea => idea.OverlayText.Split(' ').Length > 4 || idea.Concept.Length == 0))
        {
            return "thumbnail";
        }

        return result.Score is < 0 or > 100 || result.Confidence is < 0 or > 1 ? "score" : null;
    }

    private string? Ground(VideoInput input, AnalysisResult result)
    {
        var source = analyzer.Read(input);
        var original = Folding.Fold(
            string.Join(
                '\n',
                [
                    source.Input.Title,
                    source.Input.Description,
                    source.Input.Transcript?.Text ?? "",
                    source.Input.ChannelTitle ?? "",
                    .. source.Input.Tags,
                ]
            )
        );
        // "usando" supports "cómo usar".
        var forms = TitleWords.For(source.Language.Code);
        var stems = original
            .Split(' ')
            .SelectMany(word => new[] { word, forms.InfinitiveOf(word, source.Language.Code) ?? word })
            .Select(source.Stemming.Stem)
            .ToHashSet(StringComparer.Ordinal);
        var terms = string.Join(
            '\n',
            [
                .. source.Template.Part,
                .. source.Template.HowTo,
                source.Template.Intro,
                source.Template.Outro,
                source.Template.Chapters,
                .. KindConventions.Terms(source.Kind.Kind, source.Language.Code),
                .. KindConventions.Terms(source.Kind.About, source.Language.Code),
            ]
        );
        // Scripts without spaces are cut as the texts are.
        var template = source
            .Tokens(terms)
            .SelectMany(token => token.Folded.Split(' '))
            .Concat(Folding.Fold(terms).Split(' '))
            .ToHashSet(StringComparer.Ordinal);
        // A piece of a line that was only broken is the creator's own.
        var verbatim = Squeezed(input.Description);
        var lines = input.Description.Split('\n').Select(line => Folding.Fold(line)).ToHashSet(StringComparer.Ordinal);
        var texts = result
            .Titles.Select(title => title.Text)
            .Concat(
                result
                    .Description.Text.Split('\n')
                    .Where(line => !lines.Contains(Folding.Fold(line)) && !line.StartsWith('#') && !verbatim.Contains(Squeezed(line)))
            )
            .Concat(result.Description.KeyPoints)
            .Concat(result.ThumbnailIdeas.Select(idea => idea.OverlayText))
            .Concat(result.Tags.Tags)
            .Concat(result.Chapters.Chapters.Select(chapter => chapter.Title));
        foreach (var text in texts)
        {
            foreach (var token in source.Tokens(DescriptionLines.Prose(text)))
            {
                if (token.IsStop)
                {
                    continue;
                }

                foreach (var word in token.Folded.Split(' '))
                {
                    var digits = word.Any(char.IsDigit);
                    var supported =
                        stems.Contains(digits ? word : source.Stemming.Stem(word))
                        || template.Contains(word)
                        || original.Contains(word, StringComparison.Ordinal)
                        || original.Replace(" ", "", StringComparison.Ordinal).Contains(word, StringComparison.Ordinal)
                        || Folding.StripDiacritics(original).Contains(word, StringComparison.Ordinal)
                        || Folding
                            .StripDiacritics(original)
                            .Replace(" ", "", StringComparison.Ordinal)
                            .Contains(word, StringComparison.Ordinal);
                    if (!supported && !(digits && ChapterList.ParseLine(text) is not null))
                    {
                        return $"“{word}” in “{text}”";
                    }
                }
            }
        }

        return null;
    }

    private static string? Lost(VideoInput input, AnalysisResult result)
    {
        var clean = TextCleaner.Clean(input.Description).Replace('<', '‹').Replace('>', '›');
        // In a text that lost its line breaks the words after a link are glued to it: there a link may be parted from them.
        var isGlued = HashtagRuns.IsOneLine(clean);
        var squeezed = Squeezed(result.Description.Text);
        // Any white space ends a link, also one that does not break.
        foreach (var word in clean.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (
                word.Contains("://", StringComparison.Ordinal)
                && !result.Description.Text.Contains(word, StringComparison.Ordinal)
                && !(isGlued && IsParted(word, squeezed))
            )
            {
                return word;
            }
        }

        // Over the limit something must go; links never do.
        if (Encoding.UTF8.GetByteCount(clean) > 4800)
        {
            return null;
        }

        foreach (var line in clean.Split('\n'))
        {
            if (
                DescriptionLines.Classify(line) is LineKind.Link or LineKind.Credit
                && ChapterList.ParseLine(line) is null
                && !result.Description.Text.Contains(line.Trim(), StringComparison.Ordinal)
                && !IsKept(line, squeezed)
                && !IsKept(line, squeezed, Squeezed(result.Description.Text.Split('\n')[0]))
            )
            {
                return line;
            }
        }

        return null;
    }

    // The link, and elsewhere what was glued to it: the sentence may have moved up.
    private static bool IsParted(string word, string output)
    {
        for (var end = word.Length; end > word.IndexOf("://", StringComparison.Ordinal) + ShortestHost; end--)
        {
            if (output.Contains(word[..end], StringComparison.Ordinal))
            {
                return output.Contains(word[end..], StringComparison.Ordinal);
            }
        }

        return false;
    }

    // White space may change, and a sentence may move: every link, credit and call of the line must be there whole.
    private static bool IsKept(string line, string output) =>
        output.Contains(Squeezed(line), StringComparison.Ordinal)
        || Passages
            .Find(line)
            .Where(passage => passage.Kind != PassageKind.Prose)
            .All(passage => output.Contains(Squeezed(line.Substring(passage.Start, passage.Length)), StringComparison.Ordinal));

    // The sentence that moved up to open the text is missing in the middle of its line.
    private static bool IsKept(string line, string output, string opening)
    {
        var own = Squeezed(line);
        var at = opening.Length == 0 ? -1 : own.IndexOf(opening, StringComparison.Ordinal);
        return at > 0 && output.Contains(own.Remove(at, opening.Length), StringComparison.Ordinal);
    }

    // Soft hyphens may go.
    private static string Squeezed(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '\u00AD'));

    private void CheckLanguage(string id, VideoInput input, AnalysisResult result)
    {
        var before = analyzer.Detector.Detect(input.Title + "\n" + input.Description);
        if (before.Confidence < 0.9 || (input.Title + input.Description).Count(char.IsLetter) < 40)
        {
            return;
        }

        var after = analyzer.Detector.Detect(
            (result.Titles.Count > 0 ? result.Titles[0].Text : input.Title) + "\n" + result.Description.Text
        );
        Language.Add(id, after.Code == before.Code ? null : $"{before.Code} → {after.Code}");
    }
}

internal sealed class Tally
{
    private readonly List<string> failures = [];
    private int count;

    public void Add(string id, string? failure)
    {
        count++;
        if (failure is not null)
        {
            failures.Add($"{id}: {failure}");
        }
    }

    public Share ToShare() => new(count - failures.Count, count, failures);
}

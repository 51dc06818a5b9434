using System.Buffers;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>
/// "Topic: what is said of it": the subject of a short title with a clause or question of the description that does not name the subject
/// and so could not stand alone.
/// </summary>
internal sealed class TopicTitles
{
    /// <summary>The widest title of two halves, in columns.</summary>
    public const int Widest = 88;

    private const int WidestTopic = 46;

    // The title of a talk is the topic, also in two parts.
    private const int WidestTalk = 58;
    private const int FewestSaid = 2;

    // A title with any of these is no plain topic.
    private static readonly SearchValues<char> ClosedTalk = SearchValues.Create(":：|｜?!？！…([【（“\"«「『#;");
    private static readonly SearchValues<char> Closed = SearchValues.Create(":：|｜?!？！…([【（“\"«「『#,、;/");

    private readonly Source source;
    private readonly TitleShape shape;
    private readonly TitleWords words;
    private readonly string? topic;
    private readonly HashSet<string> stems = [];

    public TopicTitles(Source source, TitleShape shape, TitleWords words, string present)
    {
        this.source = source;
        this.shape = shape;
        this.words = words;
        topic = Topic(present);
        if (topic is not null)
        {
            stems.UnionWith(source.ContentStems(topic));
        }
    }

    /// <summary>Null where the title is no short topic, or the clause says it again.</summary>
    /// <param name="fewest">Content words that the clause has to add.</param>
    public string? With(string clause, int fewest = FewestSaid)
    {
        if (topic is null || stems.Count == 0)
        {
            return null;
        }

        var said = source.ContentStems(clause).ToHashSet(StringComparer.Ordinal);
        // What names half of the subject says it by itself.
        if (
            said.Count(stem => !stems.Contains(stem)) < fewest
            || stems.Count(said.Contains) * 2 > stems.Count
            || Graphemes.DisplayWidth(topic) + Graphemes.DisplayWidth(clause) + 2 > Widest
        )
        {
            return null;
        }

        return shape.Finish(topic + Separator + shape.Cased(Opening(clause)));
    }

    private string Separator =>
        source.Language.Code switch
        {
            "ja" or "zh" => "｜",
            "fr" => " : ",
            _ => ": ",
        };

    // Behind a colon most languages go on with a small letter; English and German sentences begin with a capital.
    private string Opening(string clause) =>
        source.Language.Code is "en" ? Casing.Capitalize(clause, "en")
        : source.Tokens(clause) is [var first, ..]
        && char.IsUpper(clause[first.Start])
        && source.Language.Code != "de"
        && (
            words.Questions.Contains(first.Folded)
            || words.Articles.Contains(first.Folded)
            || first.Folded == Folding.Fold(words.HowToShown)
        )
            ? clause[..first.Start] + Casing.Lower(clause.Substring(first.Start, 1), source.Language.Code) + clause[(first.Start + 1)..]
        : clause;

    private string? Topic(string present)
    {
        var segments = TitleSegments.Split(present, source);
        if (
            present.Length == 0
            || segments.Count == 0
            || segments[0].Role != SegmentRole.Topic
            || segments.Exists(segment => segment.Role == SegmentRole.Episode)
            || source.Kind.About is VideoKind.Music or VideoKind.Performance or VideoKind.Trailer
        )
        {
            return null;
        }

        // Of a series the sentence tells the story and not the part.
        var text = segments[0].Text.TrimEnd('.');
        var isTalk = source.Kind.About == VideoKind.Talk;
        var tokens = source.Tokens(text);
        return
            Graphemes.DisplayWidth(text) > (isTalk ? WidestTalk : WidestTopic)
            || text.AsSpan().ContainsAny(isTalk ? ClosedTalk : Closed)
            || text.Contains(" - ", StringComparison.Ordinal)
            || tokens.Exists(token => source.Template.Part.Contains(token.Folded, StringComparer.Ordinal))
            || tokens.Count(token => token.Has(TokenFlags.AllCaps) && token.Length > 2) * 2 > tokens.Count
            || words.Questions.Contains(tokens.Count > 0 ? tokens[0].Folded : "")
            || text.EnumerateRunes().Any(Graphemes.IsEmoji)
            ? null
            : text;
    }
}

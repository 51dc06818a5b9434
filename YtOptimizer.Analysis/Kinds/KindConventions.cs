using System.Collections.Frozen;
using System.Globalization;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Kinds;

/// <summary>What is usual for one kind of video, from conventions.txt and terms.txt.</summary>
internal sealed record KindConventions(VideoKind Kind, FrozenDictionary<string, string> Values)
{
    private static readonly Lazy<FrozenDictionary<VideoKind, KindConventions>> All = StaticTables.Once(ReadConventions);
    private static readonly Lazy<FrozenDictionary<(VideoKind Kind, string Language), IReadOnlyList<string>>> Words = StaticTables.Once(
        ReadTerms
    );

    /// <summary>A title in the kind's own form is left alone.</summary>
    public bool KeepsForm => Values["keeps-form"] == "yes";

    /// <summary>Missing prose in the description is a fault.</summary>
    public bool NeedsText => Values["needs-text"] == "yes";

    /// <summary>The subject opens the title.</summary>
    public bool SubjectFirst => Values["subject-first"] == "yes";

    /// <summary>The link viewers of this kind look for; empty where they look for none.</summary>
    public string Link => Values.GetValueOrDefault("link", "");

    /// <summary>What viewers of this kind ask, one question an entry, with "[number]", "[name]" or "[link]" behind it where one of the
    /// description answers it.</summary>
    public IReadOnlyList<string> Asks { get; } = Values["asks"].Split(';', StringSplitOptions.TrimEntries);

    /// <summary>So sure the kind has to be before its questions are put.</summary>
    public double AsksFrom { get; } = double.Parse(Values.GetValueOrDefault("asks-from", "0.9"), CultureInfo.InvariantCulture);

    /// <summary>Advice for people: title, description, tags, overlay, in this order.</summary>
    public IReadOnlyList<string> Advice => [Values["title"], Values["description"], Values["tags"], Values["overlay"]];

    public static KindConventions For(VideoKind kind) => All.Value[kind];

    /// <summary>General words of a kind in a language, its plain name first; empty where none are known.</summary>
    public static IReadOnlyList<string> Terms(VideoKind kind, string language) => Words.Value.GetValueOrDefault((kind, language), []);

    private static FrozenDictionary<VideoKind, KindConventions> ReadConventions() =>
        KindData
            .Lines("conventions.txt")
            .Select(Split)
            .GroupBy(line => line.Kind)
            .ToFrozenDictionary(
                group => group.Key,
                group => new KindConventions(
                    group.Key,
                    group.ToFrozenDictionary(line => line.Key, line => line.Value, StringComparer.Ordinal)
                )
            );

    private static FrozenDictionary<(VideoKind Kind, string Language), IReadOnlyList<string>> ReadTerms() =>
        KindData
            .Lines("terms.txt")
            .Select(Split)
            .ToFrozenDictionary(
                line => (line.Kind, line.Key),
                line => (IReadOnlyList<string>)line.Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            );

    // "kind key: value"
    private static (VideoKind Kind, string Key, string Value) Split(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return (Enum.Parse<VideoKind>(line[..space], ignoreCase: true), line[(space + 1)..colon], line[(colon + 1)..].Trim());
    }
}

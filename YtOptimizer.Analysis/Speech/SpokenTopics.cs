using YtOptimizer.Analysis.Keyphrases;

namespace YtOptimizer.Analysis.Speech;

/// <param name="Text">As it is said.</param>
/// <param name="Value">How well it names the talk; only comparable within one talk.</param>
/// <param name="Count">How often it is said.</param>
/// <param name="IsStated">Whether the speaker says that the video is about it.</param>
internal sealed record SpokenTopic(string Text, string Key, double Value, int Count, string[] Stems, bool IsStated = false);

/// <summary>What a talk is about in its own words: names of things that it comes back to, best first.</summary>
internal static class SpokenTopics
{
    private const int MostSections = 12;
    private const int Least = 250;
    private const int Most = 40;
    private const double Introduced = 2;
    private const double Repeated = 0.35;

    /// <param name="stated">What the speaker says it is about.</param>
    public static IReadOnlyList<SpokenTopic> Of(SpokenText speech, string language, Lexicon lexicon, IReadOnlyList<StatedSubject> stated)
    {
        var body = string.Join(' ', speech.Units.Where(unit => StatedSubjects.Tells(unit, stated)).Select(unit => unit.Text));
        var sections = Sections(body);
        if (sections.Count == 0)
        {
            return [];
        }

        var talk = new TalkWords(language, lexicon, sections);
        var phrases = new PartPhrases(talk, ofAll: true);
        var found = new Dictionary<string, (PartPhrase Phrase, int Count, int First)>(StringComparer.Ordinal);
        for (var i = 0; i < sections.Count; i++)
        {
            foreach (var phrase in phrases.Of(i))
            {
                var key = Text.Folding.Fold(phrase.Text);
                found[key] = found.TryGetValue(key, out var known) ? (known.Phrase, known.Count + 1, known.First) : (phrase, 1, i);
            }
        }

        var subject = new SubjectStems(talk, stated);
        var topics = found
            .Select(pair => new SpokenTopic(
                pair.Value.Phrase.Text,
                pair.Key,
                // What a talk is about is named at its beginning and again.
                Math.Round(
                    pair.Value.Phrase.Value
                        * (1 + (Repeated * Math.Log2(pair.Value.Count)))
                        * (pair.Value.First == 0 ? Introduced : 1)
                        * subject.Share(pair.Value.Phrase.Stems),
                    9
                ),
                pair.Value.Count,
                pair.Value.Phrase.Stems
            ))
            .OrderByDescending(topic => topic.Value)
            .ThenBy(topic => topic.Key, StringComparer.Ordinal)
            .Take(Most)
            .ToList();
        var named = subject.Topics(topics.Count > 0 ? topics[0].Value : 1);
        return [.. named, .. topics.Where(topic => named.TrueForAll(other => other.Key != topic.Key))];
    }

    // Stretches of equal length, cut between words.
    private static List<string> Sections(string body)
    {
        var sections = new List<string>();
        if (body.Length == 0)
        {
            return sections;
        }

        var size = Math.Max(Least, (body.Length / MostSections) + 1);
        for (var at = 0; at < body.Length; )
        {
            var end = Math.Min(body.Length, at + size);
            var space = end == body.Length ? end : body.IndexOf(' ', end);
            end = space < 0 ? body.Length : space;
            sections.Add(body[at..end]);
            at = end;
        }

        return sections;
    }
}

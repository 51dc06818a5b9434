using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Speech;

/// <summary>The words of what a speaker says the video is about, and which of those statements the rest of the talk bears out.</summary>
internal sealed class SubjectStems(TalkWords talk, IReadOnlyList<StatedSubject> stated)
{
    private const double Whole = 3;
    private const double Part = 1.6;
    private const double Lead = 1.4;
    private const double Step = 0.95;
    private const int MostNamed = 3;

    private readonly HashSet<string> stems = stated.SelectMany(subject => Content(talk, subject)).ToHashSet(StringComparer.Ordinal);

    /// <summary>What the value of a phrase is multiplied by.</summary>
    public double Share(string[] phrase)
    {
        var held = phrase.Count(stems.Contains);
        return held == 0 ? 1
            : held == phrase.Length ? Whole
            : Part;
    }

    /// <summary>The things named so, the first one and others that the talk comes back to.</summary>
    /// <param name="best">The best value of all other topics.</param>
    public List<SpokenTopic> Topics(double best)
    {
        var named = new List<(StatedSubject Subject, string[] Stems, int Count)>();
        foreach (var subject in stated.Where(subject => subject.Slot is FrameSlot.Thing or FrameSlot.Name or FrameSlot.Place))
        {
            var own = Content(talk, subject).Distinct(StringComparer.Ordinal).ToArray();
            var count = own.Length == 0 ? 0 : own.Max(talk.Said);
            // A name is often said once.
            if (count >= 2 || named.Count == 0)
            {
                named.Add((subject, own, count));
            }
        }

        return
        [
            .. named
                .Where(topic => topic.Count > 0)
                .Take(MostNamed)
                .Select(
                    (topic, i) =>
                        new SpokenTopic(
                            topic.Subject.Text,
                            Folding.Fold(topic.Subject.Text),
                            Math.Round(best * Lead * Math.Pow(Step, i), 9),
                            topic.Count,
                            topic.Stems,
                            true
                        )
                ),
        ];
    }

    private static IEnumerable<string> Content(TalkWords talk, StatedSubject subject) =>
        Tokenizer
            .Tokenize(subject.Text, StopWords.For(talk.Language))
            .Where(token =>
                !token.IsStop
                && !talk.Roles.Skip.Contains(token.Folded)
                && !talk.Roles.Weak.Contains(token.Folded)
                && !talk.Roles.Vague.Contains(token.Folded)
            )
            .SelectMany(token => token.Folded.Split(' '))
            .Select(talk.Stem);
}

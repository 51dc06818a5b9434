using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Speech;

/// <summary>What the speaker says the video is about.</summary>
/// <param name="Slot">What <paramref name="Text"/> is: a clause, a noun phrase, a verb phrase or a name.</param>
/// <param name="Text">As it is said, without article.</param>
/// <param name="Sentence">The whole sentence.</param>
internal sealed record StatedSubject(FrameSlot Slot, string Text, string Sentence);

/// <summary>Finds where a speaker says what the video or a part of it is about: "Hoy os traigo el análisis de los Nimbo Air 2".</summary>
internal static class StatedSubjects
{
    /// <summary>Whether a unit tells of the video: speech, the greeting, and a request that says what the video is about ("the review of …
    /// that you asked for in the comments").</summary>
    public static bool Tells(SpokenUnit unit, IReadOnlyList<StatedSubject> stated) =>
        unit.Kind is SpokenKind.Speech or SpokenKind.Greeting
        || (unit.Kind == SpokenKind.Request && stated.Any(subject => unit.Text.Contains(subject.Text, StringComparison.OrdinalIgnoreCase)));

    private const int MostUnits = 16;
    private const int MostOfLong = 40;
    private const int Joined = 3;

    /// <summary>All statements near the beginning, first ones first.</summary>
    public static List<StatedSubject> Of(SpokenText speech, string language, FrameUse use)
    {
        // A sentence that greets or asks for comments may be the one that says it.
        var units = speech.Units.Where(unit => unit.Kind is not SpokenKind.Sound and not SpokenKind.Sponsor).ToList();
        var most = Math.Min(units.Count, Math.Clamp(units.Count / 8, MostUnits, MostOfLong));
        var text = string.Join(' ', units.Take(most).Select(unit => unit.Text));
        if (text.AsSpan().Count('.') + text.AsSpan().Count('。') + text.AsSpan().Count('।') + text.AsSpan().Count('؟') > 1)
        {
            return Find(text, language, use);
        }

        // Automatic captions have no sentences: a few seconds are read at a time, each stretch with what follows it.
        var found = new List<StatedSubject>();
        for (var i = 0; i < most; i++)
        {
            var stretch = string.Join(' ', units.Skip(i).Take(Joined).Select(unit => unit.Text));
            found.AddRange(
                Find(stretch, language, use)
                    .Where(subject =>
                        found.TrueForAll(known => known.Text != subject.Text)
                        && (i + Joined >= units.Count || !stretch.EndsWith(subject.Text, StringComparison.Ordinal))
                    )
            );
        }

        return found;
    }

    /// <summary>What the first sentences of a part say it is about.</summary>
    public static List<StatedSubject> OfPart(IEnumerable<SpokenUnit> part, string language) =>
        Find(
            string.Join(' ', part.Where(unit => unit.Kind == SpokenKind.Speech).Take(Joined).Select(unit => unit.Text)),
            language,
            FrameUse.Part,
            2
        );

    private static List<StatedSubject> Find(string text, string language, FrameUse use, int sentences = int.MaxValue)
    {
        var frames = SpokenFrames.For(language);
        var found = new List<StatedSubject>();
        foreach (var range in Sentences.Split(text).Take(sentences))
        {
            var sentence = text[range].Trim();
            foreach (var (kind, rest) in frames.In(sentence, use))
            {
                var slot = kind;
                var said = slot switch
                {
                    FrameSlot.Ask => SlotText.Ask(rest, language, frames.AsksIntroduced),
                    FrameSlot.Deed => SlotText.Deed(rest, language),
                    FrameSlot.Name => SlotText.Name(rest, language, fewest: 2),
                    FrameSlot.Place => SlotText.Name(rest, language, fewest: 1),
                    _ => SlotText.Thing(rest, language),
                };
                if (said is null && use == FrameUse.Part && slot == FrameSlot.Thing)
                {
                    (slot, said) = (FrameSlot.Ask, SlotText.Ask(rest, language, frames.AsksIntroduced));
                }

                if (said is not null && !found.Exists(known => known.Text == said))
                {
                    found.Add(new(slot, said, sentence));
                }
            }
        }

        return found;
    }
}

using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>Titles of what a speaker says the video is about: "I want to tell you how people shipped ice around the world" → "How people
/// shipped ice around the world", "Hoy os traigo el análisis de los Nimbo Air 2" → "Análisis de los Nimbo Air 2".</summary>
internal static class StatedTitles
{
    private const int Narrowest = 14;
    private const int NarrowestUnspaced = 8;
    private const int Widest = 80;
    private const double PromiseQuality = 0.85;
    private const double ClauseQuality = 0.88;
    private const double ThingQuality = 0.8;
    private const double GuestQuality = 0.78;

    public static IEnumerable<TitleCandidate> Write(Source source)
    {
        var reading = SpokenReading.Of(source.Input.Transcript);
        var code = source.Language.Code;
        var words = TitleWords.For(code);
        var stated = reading.Stated(code, FrameUse.Topic);
        if (stated.FirstOrDefault(subject => subject.Slot == FrameSlot.Ask && MayStand(source, subject.Text)) is { } asked)
        {
            yield return Candidate(
                source,
                asked.Text,
                TitleApproach.HowTo,
                ClauseQuality,
                "Says what the video explains, in the words of the speaker."
            );
        }
        else if (SpokenPromise.Find(source) is { } promise)
        {
            yield return Candidate(
                source,
                promise,
                TitleApproach.HowTo,
                PromiseQuality,
                "Says what viewers learn, in the words of the video."
            );
        }

        if (Done(source, words, stated) is { } deed)
        {
            yield return deed;
        }
        else if (SpokenAim.Find(source) is { } aim)
        {
            yield return Candidate(
                source,
                aim,
                TitleApproach.HowTo,
                PromiseQuality,
                "Says what is done in the video, in the words of the speaker."
            ) with
            {
                Added = words.HowToShown,
            };
        }

        var topics = reading.Topics(code, source.Model.Lexicon).Where(topic => topic.IsStated).ToList();
        var thing = topics.Find(topic =>
            (topic.Stems.Length > 1 || Scripts.IsUnspaced(Scripts.OfFirst(topic.Key)))
            && MayStand(source, topic.Text)
            && stated.Any(subject => subject.Slot == FrameSlot.Thing && subject.Text == topic.Text)
        );
        if (thing is not null)
        {
            yield return Candidate(
                source,
                thing.Text,
                TitleApproach.Names,
                ThingQuality,
                "Names what the speaker says the video is about."
            );
        }

        if (
            SpokenFrames.For(code).Interview is { Length: > 0 } form
            && topics.Find(topic => reading.Stated(code, FrameUse.Guest).Any(subject => subject.Text == topic.Text)) is { } guest
        )
        {
            yield return Candidate(
                source,
                form.Replace("{0}", guest.Text, StringComparison.Ordinal),
                TitleApproach.Names,
                GuestQuality,
                "Names the guest, whom viewers search for."
            ) with
            {
                Added = form.Replace("{0}", "", StringComparison.Ordinal).Trim(),
            };
        }
    }

    // "build a box" → "How to build a box".
    private static TitleCandidate? Done(Source source, TitleWords words, IEnumerable<StatedSubject> stated)
    {
        foreach (var subject in stated.Where(subject => subject.Slot == FrameSlot.Deed && MayStand(source, subject.Text)))
        {
            var verb = source.Tokens(subject.Text)[0].Folded;
            if (
                words.HowToShown.Length > 0
                && (source.Language.Code == "en" ? TitleWords.IsVerb(verb) : words.IsInfinitive(verb))
                && !WordRoles.For(source.Language.Code).Weak.Contains(verb)
            )
            {
                var title = $"{words.HowToShown} {subject.Text}";
                return Candidate(
                    source,
                    title,
                    TitleApproach.HowTo,
                    PromiseQuality,
                    "Says what is done in the video, in the words of the speaker."
                ) with
                {
                    Added = words.HowToShown,
                };
            }
        }

        return null;
    }

    // It names something that the talk comes back to and points at nothing said before.
    private static bool MayStand(Source source, string text)
    {
        var words = TitleWords.For(source.Language.Code);
        var tokens = source.Tokens(text);
        var width = Graphemes.DisplayWidth(text);
        var unspaced = tokens.Count > 0 && (tokens[0].IsUnspaced || source.Language.Code == "ko");
        return width <= Widest
            && width >= (unspaced ? NarrowestUnspaced : Narrowest)
            && tokens.Count(token => !token.IsStop) >= (unspaced ? 1 : 2)
            && !tokens.Exists(token => words.IsPointing(token.Folded) || TitleWords.Spoken.Contains(token.Folded))
            && !TitleSentences.IsDated(text);
    }

    private static TitleCandidate Candidate(Source source, string text, TitleApproach approach, double quality, string reason) =>
        SpokenTitle.Candidate(Casing.Capitalize(text, source.Language.Code), approach, quality, reason);
}

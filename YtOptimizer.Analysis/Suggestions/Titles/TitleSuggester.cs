using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>Titles made of the creator's own phrases, in different ways; all of them still pass the guard.</summary>
internal sealed class TitleSuggester(Source source)
{
    public List<TitleCandidate> Write()
    {
        var title = TextCleaner.Tidy(source.SafeTitle);
        if (title.Length == 0)
        {
            return [.. FromText("").Select(Candidate)];
        }

        var kept = new KeptSubject(source, title);
        return [.. Drafts(title).Where(kept.Keeps).Select(Candidate)];
    }

    /// <summary>Whether the title has the form that its kind is known by, with nothing to add.</summary>
    public static bool KeepsForm(Source source) =>
        KindConventions.For(source.Kind.About).KeepsForm
        && source.Kind.Confidence >= 0.6
        && source.Kind.About is VideoKind.Music or VideoKind.Performance;

    private static TitleCandidate Candidate(TitleDraft draft) =>
        new(draft.Text, draft.Better, SuggestionSource.Deterministic)
        {
            Approach = draft.Approach.ToString(),
            Quality = draft.Base,
            Added = draft.Added,
        };

    private IEnumerable<TitleDraft> Drafts(string title)
    {
        var shape = new TitleShape(source);
        var repair = new RepairedTitle(source, shape);
        var repaired = repair.Write();
        if (repaired is not null)
        {
            yield return repaired;
        }

        foreach (var draft in FromText(repaired?.Text ?? TextCleaner.Tidy(repair.Spaced(title))))
        {
            yield return draft;
        }
    }

    private IEnumerable<TitleDraft> FromText(string present)
    {
        var shape = new TitleShape(source);
        var words = TitleWords.For(source.Language.Code);
        var parts = present.Length == 0 ? [] : TitleParser.Parse(present, source);
        var topics = string.Join('\n', parts.Where(part => part.Kind == TitlePartKind.Topic).Select(part => part.Text));
        var subject = source.ContentStems(topics.Length > 0 ? topics : present).ToHashSet(StringComparer.Ordinal);
        foreach (var (phrase, _) in source.Main.Take(2))
        {
            if (subject.Count == 0)
            {
                subject.UnionWith(phrase.Candidate.Words.Select(source.Stemming.Stem));
            }
        }

        var passages = TitlePassages.Find(source);
        var joined = new TopicTitles(source, shape, words, present);
        if (present.Length > 0)
        {
            foreach (
                var draft in new KindFormTitles(source, shape, words, parts, present)
                    .Write()
                    .Concat(new DetailTitles(source, shape, present).Write())
                    .Concat(new ReorderedTitles(source, shape, present).Write())
                    .Concat(new ContentsTitles(source, shape, joined).Write())
                    .Concat(new ShorterTitle(source, shape, present).Write() is { } shorter ? [shorter] : [])
                    .Concat(new FittingTitle(source, shape, present).Write() is { } fitting ? [fitting] : [])
                    .Concat(new BilingualTitle(source, shape, present).Write() is { } half ? [half] : [])
                    .Concat(new HowToTitles(source, shape, words, subject, parts).Write(passages))
            )
            {
                yield return draft;
            }
        }

        // A song is not described by a sentence of its description.
        if (!KeepsForm(source))
        {
            foreach (var draft in new QuoteTitles(source, shape, words).Write())
            {
                yield return draft;
            }

            foreach (var draft in new ReportedTitles(source, shape, words, subject, joined).Write(passages))
            {
                yield return draft;
            }

            foreach (var draft in new SentenceTitles(source, shape, words, subject, joined).Write(passages))
            {
                yield return draft;
            }
        }
    }
}

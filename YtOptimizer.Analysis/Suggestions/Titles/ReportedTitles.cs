using System.Buffers;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>
/// Titles from what a sentence says it will tell: "Find out why cats purr" → "Why cats purr", "te enseño a hacer pan" → "Cómo hacer pan".
/// The clause is taken whole, so that its grammar stays the creator's.
/// </summary>
internal sealed partial class ReportedTitles(Source source, TitleShape shape, TitleWords words, HashSet<string> subject, TopicTitles topics)
{
    private const int Widest = 86;

    // As many words of content say by themselves what a talk is about.
    private const int Full = 5;
    private const int FewestStems = 3;
    private const int FewestNew = 2;
    private static readonly SearchValues<char> ClauseEnds = SearchValues.Create(".,;!?:()…。！？¿¡");

    private static readonly SearchValues<char> Commas = SearchValues.Create("、，,；;：:");
    private const int NarrowestUnspaced = 18;

    private readonly string code = source.Language.Code;
    private readonly ClauseCutter cutter = new(source, words);

    public IEnumerable<TitleDraft> Write(IReadOnlyList<TitlePassage> passages)
    {
        if (words.Tells.Count + words.Teaches.Count + words.Presents.Count + words.ShownEnds.Count + words.Shown.Count == 0)
        {
            yield break;
        }

        foreach (var passage in passages.Take(10))
        {
            if (Told(passage.Text) is { } told)
            {
                if (Able(told) is { } deed)
                {
                    if (Finished(words.HowToShown + " " + deed, deed, passage) is { } able)
                    {
                        yield return able with
                        {
                            Approach = TitleApproach.HowTo,
                            Better = "Says what the viewer can do afterwards, in words of your description.",
                            Added = words.HowToShown,
                        };
                    }
                }
                else if (Finished(told, told, passage) is { } explained)
                {
                    yield return explained;
                }
            }

            if (Presented(passage.Text) is { } presented && IsFull(presented) && Finished(presented, presented, passage) is { } named)
            {
                yield return named with
                {
                    Base = named.Base - 0.06,
                    Better = "Says what the video presents, in the words of your description.",
                };
            }

            if (Before(passage.Text) is { } before && Finished(before, before, passage) is { } shown)
            {
                yield return shown with
                {
                    Base = shown.Base - 0.02,
                    Better = "Says what the video presents, in the words of your description.",
                };
            }

            if (Taught(passage.Text) is { } taught && Finished(words.HowToShown + " " + taught, taught, passage) is { } howTo)
            {
                yield return howTo with
                {
                    Approach = TitleApproach.HowTo,
                    Added = words.HowToShown,
                };
            }
        }
    }

    private TitleDraft? Finished(string whole, string clause, TitlePassage passage)
    {
        var stems = source.ContentStems(clause).ToHashSet(StringComparer.Ordinal);
        var tokens = source.Tokens(clause);
        if (
            stems.Count < FewestStems
            || Graphemes.DisplayWidth(whole) > Widest
            || tokens[^1].IsStop
            // "How it works will include": what follows is cut off.
            || (tokens.Count > 1 && tokens[^2].IsStop && TitleWords.Wishes.Contains(tokens[^2].Folded))
            || Points(tokens)
            || tokens.Exists(token => token.Has(TokenFlags.AllCaps) && token.Length > 5)
            || TitleSentences.IsGlued(clause, source)
            || clause.AsSpan().IndexOfAny(TitleShape.Foreign) >= 0
        )
        {
            return null;
        }

        if (!NamesSubject(stems, passage))
        {
            if (topics.With(whole) is { } joined)
            {
                return new TitleDraft(
                    joined,
                    TitleApproach.Explains,
                    "Keeps the title as the topic and says after it what the video explains, in the words of your description.",
                    0.72 - (0.02 * passage.Order)
                );
            }

            if (source.Kind.About != VideoKind.Talk || stems.Count < Full)
            {
                return null;
            }
        }

        if (shape.Finish(shape.Cased(Casing.Capitalize(whole, code))) is not { } text)
        {
            return null;
        }

        return new TitleDraft(
            text,
            TitleApproach.Explains,
            "Says what the video explains, in the words of your description.",
            0.77 - (0.02 * passage.Order)
        );
    }

    // "How we moved to the cloud" speaks of its own makers; any other such word has nothing before it to point to.
    private bool Points(List<Token> tokens)
    {
        var person = tokens.FindIndex(token => words.Persons.Contains(token.Folded));
        // "How we can use it" has not been done.
        var own = person is 1 or 2 && tokens.Count > person + 1 && !TitleWords.Wishes.Contains(tokens[person + 1].Folded);
        return tokens.Exists(token =>
            words.IsPointing(token.Folded) && !(own && (words.Persons.Contains(token.Folded) || TitleWords.Own.Contains(token.Folded)))
        );
    }

    // A clause that could stand in any description names nothing: it needs a third of the title's subject, or what the video is about.
    private bool NamesSubject(HashSet<string> stems, TitlePassage passage)
    {
        var shared = subject.Count(stems.Contains);
        var main = source.Main.Take(2).Count(item => item.Phrase.Candidate.Words.All(word => stems.Contains(source.Stemming.Stem(word))));
        return subject.Count == 0
            || (shared > 0 && stems.Count > FewestStems && source.Kind.About is VideoKind.Talk or VideoKind.Tutorial)
            || shared * 3 >= subject.Count
            || (main > 0 && (shared > 0 || passage.Order < 2));
    }

    // "… find out [how] the …": the clause from the question word on.
    private string? Told(string sentence)
    {
        var tokens = source.Tokens(sentence);
        for (var i = 1; i < tokens.Count; i++)
        {
            if (!Asks(sentence, tokens[i]) || !IsAfter(sentence, tokens, i, words.Tells))
            {
                continue;
            }

            return Clause(sentence[tokens[i].Start..]);
        }

        return null;
    }

    // Enough words to say something, and not only those of the title.
    private bool IsFull(string phrase)
    {
        var title = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        var stems = source.ContentStems(phrase).Distinct(StringComparer.Ordinal).ToList();
        return stems.Count > FewestStems && stems.Count(stem => !title.Contains(stem)) >= FewestNew;
    }

    private bool Asks(string sentence, Token token)
    {
        var rest = Folding.Fold(sentence[token.Start..]) + " ";
        return words.Asks.Any(ask => rest.StartsWith(ask + " ", StringComparison.Ordinal));
    }

    // "… aprende a [hacer pan]": the verb phrase after it.
    private string? Taught(string sentence)
    {
        if (words.HowToShown.Length == 0)
        {
            return null;
        }

        var tokens = source.Tokens(sentence);
        for (var i = 1; i < tokens.Count; i++)
        {
            if (words.IsInfinitive(tokens[i].Folded) && IsAfter(sentence, tokens, i, words.Teaches))
            {
                return Clause(sentence[tokens[i].Start..]);
            }
        }

        return null;
    }

    // One of the phrases ends right before the word; a comma may stand between.
    private static bool IsAfter(string sentence, List<Token> tokens, int i, IReadOnlyList<string> phrases)
    {
        var from = tokens[Math.Max(0, i - 4)].Start;
        var before = " " + Folding.Fold(sentence[from..tokens[i].Start]);
        return phrases.Any(phrase => before.EndsWith(" " + phrase, StringComparison.Ordinal));
    }

    private string? Clause(string rest)
    {
        var end = rest.AsSpan().IndexOfAny(ClauseEnds);
        // Numbers hold marks ("2.0"), and a list goes on after its commas.
        while (end > 0 && end + 1 < rest.Length && rest[end] is '.' or ',' && char.IsDigit(rest[end + 1]))
        {
            var next = rest.AsSpan(end + 1).IndexOfAny(ClauseEnds);
            end = next < 0 ? -1 : end + 1 + next;
        }

        var clause = end >= 0 ? rest[..end] : rest;
        // A remark in brackets stands inside of what goes on.
        if (end >= 0 && (rest[end] == '(' || (rest[end] == ',' && !IsEndOfClause(rest, end))))
        {
            return null;
        }

        foreach (var token in source.Tokens(clause))
        {
            if (token.Start > 24 && words.Joins.Contains(token.Folded))
            {
                clause = clause[..token.Start];
                break;
            }
        }

        return cutter.CutClause(clause.Trim(), Widest - words.HowToShown.Length - 1);
    }

    // A comma may be that of a list ("how to cut, dry and store"): only one before a joining word ends the clause.
    private bool IsEndOfClause(string rest, int comma) =>
        source.Tokens(rest[(comma + 1)..]) is [var next, ..] && (next.IsStop || words.Joins.Contains(next.Folded));
}

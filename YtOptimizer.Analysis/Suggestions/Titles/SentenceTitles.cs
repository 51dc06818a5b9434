using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>Sentences and questions of the creator that can stand as a title, long ones cut after their main clause.</summary>
internal sealed class SentenceTitles(Source source, TitleShape shape, TitleWords words, HashSet<string> subject)
{
    private const int WidestSentence = 88;
    private const int LeastClause = 34;
    private const int FewestNew = 2;

    public IEnumerable<TitleDraft> Write(IReadOnlyList<TitlePassage> passages)
    {
        foreach (var passage in passages)
        {
            var question = passage.Text[^1] is '?' or '？' or '؟';
            if ((!passage.Whole && !question && Graphemes.DisplayWidth(passage.Text) < LeastClause) || !Fits(passage.Text))
            {
                continue;
            }

            var clause = question ? passage.Text : Clause(passage.Text);
            if (clause is null || shape.Finish(clause) is not { } text || NewWords(text) < FewestNew && !question)
            {
                continue;
            }

            var stems = source.ContentStems(text).ToHashSet(StringComparer.Ordinal);
            var shared = subject.Count == 0 ? 1 : subject.Count(stems.Contains) / (double)subject.Count;
            if (question)
            {
                if (IsQuestion(passage.Text) && (shared > 0.15 || passage.Order < 2))
                {
                    yield return new TitleDraft(text, TitleApproach.Question, "Asks the question that your description raises; a question suits viewers who look for an answer.", 0.7 + (0.2 * shared) - (0.02 * passage.Order));
                }

                continue;
            }

            if (shared >= (passage.Order == 0 ? 0.2 : 0.3))
            {
                yield return new TitleDraft(text, TitleApproach.Sentence, $"Says what happens, in a sentence of your description; the present title leaves out {Quote(text)}.", 0.62 + (0.25 * shared) - (0.03 * passage.Order));
            }
        }
    }

    private bool Fits(string sentence) =>
        !TitleSentences.Leans(sentence) && !sentence.Contains(": ", StringComparison.Ordinal) && !sentence.Contains("**", StringComparison.Ordinal)
        && sentence.Count(c => c is '!' or '！') <= 1 && !sentence.Any(c => c is '|' or '_' or '[' or ']' or '{' or '}' or '\\' or '`')
        && !StartsSmall(sentence) && !Shouts(sentence) && !sentence.EnumerateRunes().Any(Graphemes.IsEmoji);

    private bool IsQuestion(string sentence)
    {
        if (words.Questions.Count == 0)
        {
            return true;
        }

        var folded = Folding.Fold(sentence).Split(' ');
        return words.Questions.Contains(folded[0]);
    }

    private static bool StartsSmall(string sentence) => char.IsLower(sentence[0]) || char.IsPunctuation(sentence[0]) && sentence[0] is not ('¿' or '«' or '"' or '“' or '「' or '『' or '„');

    private bool Shouts(string sentence)
    {
        var tokens = source.Tokens(sentence);
        return tokens.Count(token => token.Has(TokenFlags.AllCaps) && token.Length > 3) * 4 > tokens.Count;
    }

    // The main clause: before a word that joins another clause, or a comma that no list follows.
    private string? Clause(string sentence)
    {
        if (Graphemes.DisplayWidth(sentence) <= WidestSentence)
        {
            return sentence;
        }

        string? best = null;
        foreach (var token in source.Tokens(sentence))
        {
            if (token.Start == 0 || !words.Joins.Contains(token.Folded) || token.Before is Gap.Joint)
            {
                continue;
            }

            var left = sentence[..token.Start].TrimEnd(' ', ',', '-', '–', '—');
            if (Graphemes.DisplayWidth(left) is >= LeastClause and <= WidestSentence && IsWholeClause(left))
            {
                best = left;
            }
        }

        foreach (var mark in new[] { " — ", " – ", " - ", "; ", ". ", "。" })
        {
            var at = sentence.IndexOf(mark, StringComparison.Ordinal);
            if (at > 0 && Graphemes.DisplayWidth(sentence[..at]) is >= LeastClause and <= WidestSentence && IsWholeClause(sentence[..at]))
            {
                best = sentence[..at];
            }
        }

        return best;
    }

    // No open list, no bracket, no word at the end that wants another.
    private bool IsWholeClause(string left)
    {
        var tokens = source.Tokens(left);
        return tokens.Count > 0 && !tokens[^1].IsStop && !left.Contains(", ", StringComparison.Ordinal) && tokens.Count(token => !token.IsStop) >= 4;
    }

    private int NewWords(string text)
    {
        var title = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        return source.ContentStems(text).Distinct(StringComparer.Ordinal).Count(stem => !title.Contains(stem));
    }

    private string Quote(string text)
    {
        var title = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        var added = source.Tokens(text).Where(token => !token.IsStop && !token.Folded.Split(' ').All(word => title.Contains(source.Stemming.Stem(word)))).OrderByDescending(token => token.Length).Take(3).OrderBy(token => token.Start);
        return string.Join(", ", added.Select(token => $"“{text.Substring(token.Start, token.Length)}”"));
    }
}

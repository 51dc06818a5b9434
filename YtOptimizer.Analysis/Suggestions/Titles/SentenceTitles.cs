using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>Sentences and questions of the creator that can stand as a title, long ones cut after their main clause.</summary>
internal sealed class SentenceTitles(Source source, TitleShape shape, TitleWords words, HashSet<string> subject, TopicTitles topics)
{
    private const int WidestSentence = ClauseCutter.Widest;
    private const int FewestNew = 2;

    // From here on a question names the subject by itself.
    private const double Names = 0.3;

    // A short question is an aside; in scripts without spaces its words cannot be counted.
    private const int FewestAsked = 2;
    private const int MostBeforeCopula = 6;

    private readonly ClauseCutter cutter = new(source, words);

    public IEnumerable<TitleDraft> Write(IReadOnlyList<TitlePassage> passages)
    {
        foreach (
            var passage in passages.Select(passage =>
                passage with
                {
                    Text = WithoutVideo(TitleSentences.AfterColon(TitleSentences.WithoutLeadIn(passage.Text, source.Language.Code))),
                }
            )
        )
        {
            var question = passage.Text[^1] is '?' or '？' or '؟';
            // A sentence from the middle of a talk is a step of it, and no title.
            var clause = question ? passage.Text : cutter.Cut(passage.Text);
            if (
                clause is null
                || !Fits(clause)
                || (!question && (SaysNothing(clause) || (!passage.Whole && IsOpen(clause))))
                || (passage.Spoken && !question && !IsOpening(passages, passage))
            )
            {
                continue;
            }

            if (shape.Finish(clause) is not { } text || NewWords(text) < (question ? 1 : FewestNew))
            {
                continue;
            }

            var stems = source.ContentStems(text).ToHashSet(StringComparer.Ordinal);
            var shared = subject.Count == 0 ? 1 : subject.Count(stems.Contains) / (double)subject.Count;
            if (question)
            {
                if (!IsQuestion(passage.Text) || SpeaksToViewers(passage.Text))
                {
                    continue;
                }

                var text0 = source.Language.Code == "fr" ? text : text.Replace(" ?", "?", StringComparison.Ordinal);
                var joins = !Points(text) && !Scripts.IsUnspaced(Scripts.OfFirst(text));
                if (shared < Names && joins && topics.With(text0, FewestAsked) is { } named)
                {
                    yield return new TitleDraft(
                        named,
                        TitleApproach.Question,
                        "Keeps the title as the topic and asks after it what your description asks.",
                        0.7 - (0.02 * passage.Order)
                    );
                }
                else if (shared > 0.15 || passage.Order < 2)
                {
                    text = text0;
                    yield return new TitleDraft(
                        text,
                        TitleApproach.Question,
                        "Asks the question that your description raises; a question suits viewers who look for an answer.",
                        0.7 + (0.2 * shared) - (0.02 * passage.Order)
                    );
                }

                continue;
            }

            // A talk's description tells why it is held; only a sentence with the whole subject says what it is.
            if (
                shared
                >= (
                    source.Kind.About == VideoKind.Talk ? 0.9
                    : !passage.Whole || IsOwnDeed(passage.Text) ? 0.45
                    : passage.Order == 0 ? 0.25
                    : 0.45
                )
            )
            {
                yield return new TitleDraft(
                    text,
                    TitleApproach.Sentence,
                    $"Says what happens, in a sentence of your description; the present title leaves out {Quote(text)}.",
                    0.46 + (0.2 * shared) - (0.03 * passage.Order)
                );
            }
        }
    }

    // "In this video we feed the bear" → "We feed the bear".
    private string WithoutVideo(string sentence)
    {
        var lead = TitleWords.LeadIns.FirstOrDefault(lead => sentence.StartsWith(lead + " ", StringComparison.OrdinalIgnoreCase));
        return lead is not null && source.Tokens(sentence[lead.Length..]) is [var first, _, ..] && words.Persons.Contains(first.Folded)
            ? Casing.Capitalize(sentence[(lead.Length + 1)..], source.Language.Code)
            : sentence;
    }

    private bool IsOpening(IReadOnlyList<TitlePassage> passages, TitlePassage passage) =>
        passages.First(other => other.Spoken).Order == passage.Order
        && source.Tokens(passage.Text) is [var first, ..]
        && PhraseEdges.For(source.Language.Code).Opens(first.Folded);

    private bool Fits(string sentence) =>
        (!TitleSentences.Leans(sentence) || IsOwnDeed(sentence))
        && !TitleSentences.IsDated(sentence)
        && !sentence.Contains(": ", StringComparison.Ordinal)
        && !sentence.Contains("**", StringComparison.Ordinal)
        && !sentence.Contains("--", StringComparison.Ordinal)
        && !sentence.Contains(" / ", StringComparison.Ordinal)
        && !sentence.Contains(';', StringComparison.Ordinal)
        && sentence.Count(c => c is '!' or '！') <= 1
        && !sentence.Any(c => c is '|' or '_' or '[' or ']' or '{' or '}' or '\\' or '`')
        && !sentence.Any(c => c is '＊' or 'ㅠ' or 'ㅋ' or 'ㅎ')
        && !sentence.Contains("（）", StringComparison.Ordinal)
        && !IsMixed(sentence)
        && !StartsSmall(sentence)
        && !TitleSentences.IsGlued(sentence, source)
        && !Shouts(sentence)
        && !sentence.EnumerateRunes().Any(Graphemes.IsEmoji);

    // "Tides are …" defines the subject, "Official video of …" and "This talk …" name the form, "When it comes to …" has not begun yet.
    private bool SaysNothing(string sentence)
    {
        var tokens = source.Tokens(sentence);
        if (
            tokens.Count == 0
            || TitleWords.Adrift.Contains(tokens[0].Folded)
            || !PhraseEdges.For(source.Language.Code).Opens(tokens[0].Folded)
            || TitleParser.IsQualifier(tokens[0].Folded)
        )
        {
            return true;
        }

        if (
            tokens[^1].Folded == "etc"
            || KindConventions.Terms(source.Kind.About, source.Language.Code).Contains(tokens[0].Folded, StringComparer.Ordinal)
        )
        {
            return true;
        }

        if (source.Kind.About == VideoKind.Talk && tokens.Exists(IsBeing))
        {
            return true;
        }

        return source.Kind.About is not (VideoKind.News or VideoKind.Sports)
            && tokens.Take(MostBeforeCopula).Skip(1).Any(token => TitleWords.Copulas.Contains(token.Folded));
    }

    // "Databases can be useful": what is said of everything.
    private static bool IsBeing(Token token) =>
        TitleWords.Copulas.Contains(token.Folded)
        || token.Folded is "be" or "been" or "ser" or "sido" or "être" or "été" or "sein" or "gewesen" or "essere" or "has" or "have";

    // "We cook for a hundred guests": in videos from life the creator is the subject, and titles say "I" and "we".
    private bool IsOwnDeed(string sentence) =>
        source.Kind.About
            is VideoKind.Vlog
                or VideoKind.Comedy
                or VideoKind.Gaming
                or VideoKind.Kids
                or VideoKind.Other
                or VideoKind.Tutorial
        && source.Tokens(sentence) is [var first, var second, ..]
        && words.Persons.Contains(first.Folded)
        && !TitleWords.Wishes.Contains(second.Folded)
        && !source.Tokens(sentence).Skip(1).Any(token => TitleWords.Spoken.Contains(token.Folded));

    private bool IsQuestion(string sentence)
    {
        if (words.Questions.Count == 0)
        {
            return true;
        }

        var folded = Folding.Fold(sentence).Split(' ');
        // "When it comes to dresses, long or short?" begins with no question.
        if (!PhraseEdges.For(source.Language.Code).Opens(folded[0]) && sentence.Contains(", ", StringComparison.Ordinal))
        {
            return false;
        }

        return words.Questions.Contains(folded[0]);
    }

    // "What do you think?" asks for comments.
    private bool SpeaksToViewers(string sentence) =>
        source.Tokens(sentence).Exists(token => TitleWords.Spoken.Contains(token.Folded))
        || words.Asking.Any(end => sentence.TrimEnd('?', '？', '!', '！', ' ').EndsWith(end, StringComparison.Ordinal));

    private bool Points(string sentence) => source.Tokens(sentence).Exists(token => words.IsPointing(token.Folded));

    // A Korean line without a mark that ends in a particle or a form before a noun goes on in the next.
    private bool IsOpen(string clause) => words.OpenEnds.Any(end => clause.EndsWith(end, StringComparison.Ordinal));

    // A sentence with words of another script than the title's language is a translation glued to it, or a line of labels.
    private bool IsMixed(string sentence) =>
        source.Language.Code is not ("ja" or "zh" or "ko" or "th")
        && sentence
            .EnumerateRunes()
            .Any(rune => Scripts.Of(rune, Script.Other) is Script.Hangul or Script.Han or Script.Kana or Script.Thai);

    private static bool StartsSmall(string sentence) =>
        char.IsLower(sentence[0])
        || (!char.IsLetterOrDigit(sentence[0]) && sentence[0] is not ('¿' or '«' or '"' or '“' or '「' or '『' or '„'));

    private bool Shouts(string sentence)
    {
        var tokens = source.Tokens(sentence);
        for (var i = 2; i < tokens.Count; i++)
        {
            if (tokens[i].Has(TokenFlags.AllCaps) && tokens[i - 1].Has(TokenFlags.AllCaps) && tokens[i - 2].Has(TokenFlags.AllCaps))
            {
                return true;
            }
        }

        return tokens.Count(token => token.Has(TokenFlags.AllCaps) && token.Length > 3) * 4 >= tokens.Count;
    }

    private int NewWords(string text)
    {
        var title = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        return source.ContentStems(text).Distinct(StringComparer.Ordinal).Count(stem => !title.Contains(stem));
    }

    private string Quote(string text)
    {
        var title = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        var added = source
            .Tokens(text)
            .Where(token => !token.IsStop && !token.Folded.Split(' ').All(word => title.Contains(source.Stemming.Stem(word))))
            .OrderByDescending(token => token.Length)
            .Take(3)
            .OrderBy(token => token.Start);
        return string.Join(", ", added.Select(token => $"“{text.Substring(token.Start, token.Length)}”"));
    }
}

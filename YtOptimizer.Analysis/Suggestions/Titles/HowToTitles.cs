using System.Buffers;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>"How to" titles: from the creator's search phrases, from sentences that say so, and from a title that opens with a
/// verb.</summary>
internal sealed class HowToTitles(Source source, TitleShape shape, TitleWords words, HashSet<string> subject, List<TitlePart> parts)
{
    private const int Widest = 75;
    private static readonly SearchValues<char> ClauseEnds = SearchValues.Create(".,;!?:(");

    private const int Opening = 400;
    private readonly string code = source.Language.Code;
    private readonly Lazy<HashSet<string>> spoken = new(() =>
        source
            .ContentStems(source.SafeTitle + "\n" + Graphemes.Take(source.AboutText, Opening))
            .Concat(KindConventions.Terms(source.Kind.About, source.Language.Code).SelectMany(term => source.ContentStems(term)))
            .Concat(words.Infinitives.SelectMany(source.ContentStems))
            .Concat(source.ContentStems("make do"))
            .ToHashSet(StringComparer.Ordinal)
    );

    public IEnumerable<TitleDraft> Write(IReadOnlyList<TitlePassage> passages)
    {
        var title = " " + Folding.Fold(source.SafeTitle) + " ";
        if (
            words.HowTo.Any(opening => title.Contains(" " + Folding.Fold(opening) + " ", StringComparison.Ordinal))
            || source.Kind.About is VideoKind.Music or VideoKind.Performance or VideoKind.News or VideoKind.Sports or VideoKind.Trailer
        )
        {
            yield break;
        }

        if (FromTitle() is { } turned)
        {
            yield return turned;
        }

        foreach (var text in source.SafeTags.Select(FromTag).OfType<string>().OrderByDescending(text => text.Length).Take(1))
        {
            yield return new TitleDraft(
                text,
                TitleApproach.HowTo,
                "Begins as viewers type it: one of your own search phrases.",
                0.82,
                words.HowToShown
            );
        }

        foreach (var passage in passages.Take(8))
        {
            if (FromSentence(passage.Text) is { } text)
            {
                yield return new TitleDraft(
                    text,
                    TitleApproach.HowTo,
                    "Says what the viewer can do afterwards, in words of your description.",
                    0.76 - (0.03 * passage.Order),
                    words.HowToShown
                );
                yield break;
            }
        }
    }

    // "Using Supervisor for Fun" → "How to Use Supervisor for Fun"; "Make Your Docs Interactive" → "How to Make Your Docs Interactive".
    private TitleDraft? FromTitle()
    {
        if (
            words.HowToShown.Length == 0
            || source.Kind.About is not (VideoKind.Tutorial or VideoKind.Talk or VideoKind.Recipe or VideoKind.Other or VideoKind.Review)
        )
        {
            return null;
        }

        var topic = parts.Find(part => part.Kind == TitlePartKind.Topic && !part.Bracketed).Text ?? "";
        var space = topic.IndexOf(' ', StringComparison.Ordinal);
        if (
            space < 0
            || topic.IndexOf(' ', space + 1) < 0
            || topic.AsSpan().IndexOfAny("?,!") >= 0
            || topic.EnumerateRunes().Any(Graphemes.IsEmoji)
        )
        {
            return null;
        }

        var first = topic[..space].ToLowerInvariant();
        var verb =
            code == "en"
                ? TitleWords.BaseOf(first)
                    ?? (TitleWords.IsVerb(first) && source.Tokens(topic)[1].Folded is not ("and" or "or" or "the way") ? first : null)
            : words.Infinitives.Contains(first) ? first
            : words.InfinitiveOf(first, code);
        if (verb is null || (code == "en" && TitleWords.BaseOf(first) is null && !IsImperative(topic)))
        {
            return null;
        }

        var text = shape.Finish(shape.Cased($"{words.HowToShown} {verb}{topic[space..]}"));
        return text is null
            ? null
            : new TitleDraft(
                text,
                TitleApproach.HowTo,
                "Begins as viewers type it; the words are those of the present title.",
                0.7,
                words.HowToShown + " " + verb
            );
    }

    // "Test Driven Development" is no order: an imperative goes on with a small word, "your", or a name after it.
    private bool IsImperative(string topic)
    {
        var tokens = source.Tokens(topic);
        return tokens.Count >= 3
            && tokens[1].Folded is "your" or "a" or "an" or "the" or "it" or "better" or "more" or "up" or "out" or "my";
    }

    private string? FromTag(string tag)
    {
        if (source.Tokens(tag).Count(token => token.Has(TokenFlags.AllCaps) && token.Length > 2) > 1)
        {
            if (!Casing.IsCertain(tag, source))
            {
                return null;
            }

            tag = Casing.Lower(tag, code);
        }

        var folded = Folding.Fold(tag);
        var opens = words.HowTo.FirstOrDefault(opening =>
            folded.StartsWith(Folding.Fold(opening) + (code is "zh" or "th" ? "" : " "), StringComparison.Ordinal)
        );
        var ends = words.HowToEnds.FirstOrDefault(end =>
            folded.EndsWith(Folding.Fold(end), StringComparison.Ordinal) && folded.Length > end.Length + 1
        );
        var named = KindConventions
            .Terms(source.Kind.About, code)
            .Take(1)
            .Any(term => opens is not null && folded.EndsWith(" " + Folding.Fold(term), StringComparison.Ordinal));
        if (named || (opens is null && ends is null) || !IsAboutSubject(tag) || Graphemes.DisplayWidth(tag) > Widest)
        {
            return null;
        }

        var rest = opens is null ? tag : tag[Math.Min(tag.Length, opens.Length)..].TrimStart();
        if (source.ContentStems(rest).Distinct(StringComparer.Ordinal).Count() < 2 && code is not ("ja" or "zh" or "ko" or "th"))
        {
            return null;
        }

        // A tag of another video of the channel shares a word with this one.
        if (!source.ContentStems(rest).All(spoken.Value.Contains) && code is not ("ja" or "zh" or "ko" or "th"))
        {
            return null;
        }

        // "clean horse": English tags leave articles out, unless the text writes the phrase so.
        if (
            code == "en"
            && source.Tokens(rest).Count < 3
            && !(" " + Folding.Fold(source.SafeTitle + " " + source.SafeDescription)).Contains(
                " " + Folding.Fold(rest),
                StringComparison.Ordinal
            )
        )
        {
            return null;
        }

        var whole = opens is null ? rest : Shown(opens, rest);
        return shape.Finish(shape.Cased(shape.Recased(whole)));
    }

    private string? FromSentence(string sentence)
    {
        foreach (
            var opening in words.HowTo.Where(opening =>
                words.InfinitiveEnds.Count > 0 || code == "en" || opening.Contains(' ', StringComparison.Ordinal)
            )
        )
        {
            var at = sentence.IndexOf(opening + " ", StringComparison.OrdinalIgnoreCase);
            if (at < 0 || (at > 0 && char.IsLetter(sentence[at - 1])))
            {
                continue;
            }

            var rest = sentence[(at + opening.Length + 1)..];
            var end = rest.AsSpan().IndexOfAny(ClauseEnds);
            rest = end >= 0 ? rest[..end] : rest;
            foreach (
                var token in source
                    .Tokens(rest)
                    .Where(token => token.Start > 20 && (words.Joins.Contains(token.Folded) || token.Folded == "and"))
                    .Take(1)
            )
            {
                rest = rest[..token.Start];
            }

            var first = source.Tokens(rest) is [var token0, ..] ? token0.Folded : "";
            var last = source.Tokens(rest) is [.., var tail] ? tail : default;
            if (
                (code == "en" && !TitleWords.IsVerb(first))
                || (words.InfinitiveEnds.Count > 0 && !words.IsInfinitive(first))
                || source.Tokens(rest).Exists(token => TitleWords.Pointing.Contains(token.Folded))
                || last.IsStop
                || source.ContentStems(rest).Distinct(StringComparer.Ordinal).Count() < 3
                || rest.AsSpan().IndexOfAny(TitleShape.Foreign) >= 0
                || source.Tokens(rest).Count(token => token.Has(TokenFlags.AllCaps) && token.Length > 3) > 1
                || !IsAboutSubject(rest)
                || source.ContentStems(rest).Distinct(StringComparer.Ordinal).Count(subject.Contains) * 3 < subject.Count
            )
            {
                continue;
            }

            return shape.Finish(shape.Cased(Shown(opening, rest.Trim())));
        }

        return null;
    }

    private string Shown(string opening, string rest) =>
        code switch
        {
            "zh" or "th" => opening + rest,
            "en" or "es" => words.HowToShown + " " + rest,
            "pt" or "fr" or "it" or "ru" or "uk" or "pl" or "cs" or "sk" => words.HowToShown + " " + rest,
            _ => Casing.Capitalize(opening, code) + " " + rest,
        };

    private bool IsAboutSubject(string text) =>
        source.ContentStems(text).Any(subject.Contains)
        && source.Tokens(text).Where(token => !token.IsStop).All(token => IsSupported(token));

    private bool IsSupported(Token token) =>
        source.TextSupports(token)
        || KindConventions.Terms(source.Kind.About, code).Any(term => Folding.Fold(term).Contains(token.Folded, StringComparison.Ordinal));
}

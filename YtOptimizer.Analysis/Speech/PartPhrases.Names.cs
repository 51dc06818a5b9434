using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Speech;

/// <content>Where the name of a thing begins and ends within a run of content words.</content>
internal sealed partial class PartPhrases
{
    /// <summary>The stretch of a run that names a thing; null when none does.</summary>
    private (int From, int To)? Name(int first, int last)
    {
        var headLast = HeadLast.Contains(language);
        if (headLast)
        {
            var end = last;
            // "starter sinks", "iron rusts": what never stands behind an article is the deed of the word before it.
            while (last > first && !IsHead(first, last))
            {
                last--;
            }

            // "a dull kitchen knife in": between an article and a small word stands a whole name, of which one adjective was left.
            if (last < end && !talk.Edges.Closes(tokens[last].Folded))
            {
                last = IsFramed(first, end) ? end : last;
            }

            // German adjectives carry the case of their sentence.
            while (first < last && (language == "de" ? talk.Thing(tokens[first]) < 0 : talk.Roles.Weak.Contains(tokens[first].Folded)))
            {
                first++;
            }

            first = Math.Max(first, last - MostWords + 1);
        }
        else
        {
            while (first < last && talk.Thing(tokens[first]) < 0)
            {
                first++;
            }

            // Behind the name stands an adjective or what it does: only what is said so twice or known elsewhere belongs to it.
            var end = first;
            while (end < last && end - first < MostWords - 1 && (IsUsual(first, end + 1) || talk.Edges.MayPrecede(tokens[end].Folded)))
            {
                end++;
            }

            last = end;
        }

        // "my landlord's roof"
        if (last + 1 < tokens.Count && tokens[last + 1] is { Before: Gap.Joint, Folded: "s" })
        {
            return null;
        }

        if (tokens[last].IsUnspaced && last + 1 < tokens.Count && GoesOn(tokens[last + 1]))
        {
            return null;
        }

        return
            talk.Thing(tokens[headLast ? last : first]) < 0
            || (first == last && talk.KnowsThings && talk.Thing(tokens[first]) <= 0)
            || talk.Roles.Weak.Contains(tokens[headLast ? last : first].Folded)
            || !talk.Edges.Closes(tokens[last].Folded)
            || !talk.Edges.Opens(tokens[first].Folded)
            || (!headLast && talk.Edges.MayPrecede(tokens[last].Folded) && IsFollowed(last))
            ? null
            : (first, last);
    }

    // Behind an article, with a small word or a pause after it, and nothing in it that is known to be done.
    private bool IsFramed(int first, int last) =>
        first > 0
        && last - first < MostWords
        && tokens[first].Before < Gap.Break
        && talk.Roles.Thing.Contains(tokens[first - 1].Folded)
        && talk.Thing(tokens[last]) >= 0
        && (last + 1 == tokens.Count || tokens[last + 1].Before >= Gap.Break || tokens[last + 1].IsStop);

    private bool IsFollowed(int at) => at + 1 < tokens.Count && tokens[at + 1] is { IsStop: false, Before: < Gap.Break };

    // "多い", "注ぐ": kana that are no particle make a verb or an adjective of the sign before them.
    private static bool GoesOn(Token next) =>
        next is { Before: Gap.None, Script: Script.Kana }
        && next.Folded is not ("を" or "は" or "が" or "の" or "に" or "で" or "と" or "も" or "へ" or "や" or "から" or "まで" or "です");

    private bool IsHead(int first, int last) =>
        talk.Thing(tokens[last]) > SureThing || tokens[last].IsUnspaced || (talk.Thing(tokens[last]) == 0 && IsUsual(last - 1, last));

    private bool IsUsual(int first, int last) => talk.IsUsual(tokens.GetRange(first, last - first + 1));

    // The next content word behind "of the", "and"; null when something else stands there.
    private int? Beyond(int at)
    {
        if (at >= tokens.Count || tokens[at].Before >= Gap.Break || !(IsLink(at) || talk.Roles.Join.Contains(tokens[at].Folded)))
        {
            return null;
        }

        return Object(at + 1);
    }

    private int? Object(int at)
    {
        for (var k = 0; k < 3 && at < tokens.Count; k++, at++)
        {
            if (tokens[at].Before >= Gap.Break || tokens[at].Has(TokenFlags.Digits))
            {
                return null;
            }

            if (!tokens[at].IsStop)
            {
                return at;
            }

            if (!talk.Roles.Thing.Contains(tokens[at].Folded) && !IsLink(at))
            {
                return null;
            }
        }

        return null;
    }

    private bool IsLink(int at) => talk.Roles.Link.Contains(tokens[at].Folded);
}

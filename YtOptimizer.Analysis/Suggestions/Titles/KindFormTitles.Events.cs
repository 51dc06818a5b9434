using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

internal sealed partial class KindFormTitles
{
    private const int Beside = 80;

    // Columns that search results show.
    private const int Shown = 70;

    private IEnumerable<TitleDraft> Talk()
    {
        var folded = Folding.Fold(present);
        var speaker = Speaker().Match(source.SafeDescription) is { Success: true } match
            ? TextCleaner.Tidy(match.Groups["name"].Value)
            : BesideTitle() ?? InFirstLine() ?? OnOwnLine();
        if (speaker is not null && (folded.Contains(Folding.Fold(speaker), StringComparison.Ordinal) || speaker.Length > 40))
        {
            speaker = null;
        }

        var plain = present.TrimEnd('.', ' ');
        // Topic first; no second dash.
        var between = plain.AsSpan().ContainsAny('–', '—') || plain.Contains(" - ", StringComparison.Ordinal) ? "|" : "–";
        var name = Event();
        if (
            name is not null
            && name.Split(' ').Where(word => word.Length > 3).All(word => folded.Contains(Folding.Fold(word), StringComparison.Ordinal))
        )
        {
            name = null;
        }

        var whole = speaker is null || name is null ? null : $"{plain} {between} {speaker} | {name}";
        if (whole is not null && Graphemes.DisplayWidth(whole) <= Shown && shape.Finish(whole) is { } withBoth)
        {
            yield return new TitleDraft(
                withBoth,
                TitleApproach.KindForm,
                $"Names the speaker and the event, “{speaker}” and “{name}”, by which viewers search for talks.",
                0.82
            );
        }
        else if (speaker is not null && shape.Finish($"{plain} {between} {speaker}") is { } withSpeaker)
        {
            yield return new TitleDraft(
                withSpeaker,
                TitleApproach.KindForm,
                $"Names the speaker, “{speaker}”, whom viewers of talks search for.",
                0.8
            );
        }

        var end = present.EndsWith('?') ? "?" : "";
        if (name is not null && shape.Finish($"{plain.TrimEnd('?')}{end} | {name}") is { } withEvent)
        {
            yield return new TitleDraft(
                withEvent,
                TitleApproach.Names,
                $"Adds the event, “{name}”: it tells talks with like titles apart and says when it was held.",
                0.74,
                name
            );
        }
    }

    // Where the description writes the title with the speaker before or behind it.
    private string? BesideTitle()
    {
        var text = source.SafeDescription;
        var at = text.IndexOf(present, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return null;
        }

        var behind = SpeakerBehind().Match(text[(at + present.Length)..Math.Min(text.Length, at + present.Length + Beside)]);
        var match = behind.Success ? behind : SpeakerBefore().Match(text[Math.Max(0, at - Beside)..at]);
        return match.Success && source.Input.ChannelTitle != match.Groups["name"].Value
            ? TextCleaner.Tidy(match.Groups["name"].Value)
            : null;
    }

    // "Event 2026 - The whole title by Jane Roe": the first line, where it takes the title up.
    private string? InFirstLine()
    {
        var line = source.SafeDescription.Split('\n')[0];
        var match = SpeakerAtEnd().Match(line.TrimEnd());
        if (!match.Success)
        {
            return null;
        }

        var stems = source.ContentStems(line[..match.Index]).ToHashSet(StringComparer.Ordinal);
        var title = source.ContentStems(present).Distinct(StringComparer.Ordinal).ToList();
        return title.Count > 0 && title.Count(stems.Contains) * 2 > title.Count ? TextCleaner.Tidy(match.Groups["name"].Value) : null;
    }

    // A name on a line of its own, before the lines in which the speaker is introduced.
    private string? OnOwnLine() =>
        SpeakerLine().Match(source.SafeDescription) is { Success: true } match && Event() is not null
            ? TextCleaner.Tidy(match.Groups["name"].Value)
            : null;

    // "Guest: Jane Roe" in the description of a talk or show that the title does not name her in.
    private IEnumerable<TitleDraft> Guest()
    {
        var match = GuestLine().Match(source.SafeDescription);
        var name = match.Success ? TextCleaner.Tidy(match.Groups["name"].Value) : "";
        if (
            name.Length is > 3 and <= 40
            && !TitleSegments.IsChannel(name, source)
            && !Folding.Fold(present).Contains(Folding.Fold(name.Split(' ')[^1]), StringComparison.Ordinal)
            && Graphemes.DisplayWidth(present) + Graphemes.DisplayWidth(name) <= Beside
            && shape.Finish(Open(present) + (code is "ja" or "zh" ? "｜" : " | ") + name) is { } text
        )
        {
            yield return new TitleDraft(text, TitleApproach.Names, $"Names the guest, “{name}”, whom viewers search for.", 0.74);
        }
    }

    // "pycon-us-2015" is a machine's name for "PyCon US 2015".
    private string? Event()
    {
        if (source.Input.ChannelTitle is not { } channel || !Slug().IsMatch(channel))
        {
            return null;
        }

        return string.Join(
            ' ',
            channel
                .Split('-')
                .Select(word =>
                    Brands.Form(Folding.Fold(word))
                    ?? (word.Length > 2 ? source.Attested(word) : null)
                    ?? (word.Length <= 2 ? word.ToUpperInvariant() : Casing.Capitalize(word, "en"))
                )
        );
    }

    private IEnumerable<TitleDraft> Trailer()
    {
        var names = Cast();
        if (names.Count < 2)
        {
            yield break;
        }

        var eastern = code is "ja" or "zh";
        for (var count = Math.Min(eastern ? 4 : 3, names.Count); count >= 2; count--)
        {
            var text = eastern
                ? $"{present}（{string.Join('・', names.Take(count))}）"
                : $"{Open(present)} | {string.Join(", ", names.Take(count))}";
            if (Graphemes.DisplayWidth(text) <= Widest && shape.Finish(text) is { } finished)
            {
                yield return new TitleDraft(
                    finished,
                    TitleApproach.Names,
                    $"Adds the cast ({string.Join(", ", names.Take(count))}): viewers search for actors.",
                    0.8
                );
                yield break;
            }
        }
    }

    private List<string> Cast()
    {
        var text = Graphemes.Take(source.SafeDescription, 1500);
        var inTitle = Folding.Fold(present);
        var found = CastLine().Match(text);
        found = found.Success ? found : Starring().Match(text);
        var names = found is { Success: true } line
            ? ListSeparators().Split(line.Groups["names"].Value).Select(name => name.Trim(' ', '\u3000', '.', '、', '／'))
            : NamesInBrackets().Matches(text).Select(match => match.Groups["name"].Value);
        return
        [
            .. names
                .Where(name =>
                    name.Length is >= 2 and <= 24 && IsName(name) && !inTitle.Contains(Folding.Fold(name), StringComparison.Ordinal)
                )
                .Distinct(StringComparer.Ordinal)
                .Take(4),
        ];
    }

    private bool IsName(string name) =>
        code is "ja" or "zh" or "ko"
            ? name.Length <= 8 && !name.Any(char.IsPunctuation)
            : name.Split(' ') is { Length: 2 or 3 } pieces && pieces.All(piece => piece.Length > 1 && char.IsUpper(piece[0]));

    // "A vs B (3-1) Competition" → "A 3-1 B | Competition".
    private IEnumerable<TitleDraft> Sports()
    {
        var match = Match().Match(present);
        if (!match.Success)
        {
            yield break;
        }

        var rest = Rest(match.Groups["rest"].Value);
        var text =
            $"{match.Groups["a"].Value.Trim()} {match.Groups["x"].Value}-{match.Groups["y"].Value} "
            + $"{match.Groups["b"].Value.Trim()}{(rest.Length > 0 ? " | " + rest : "")}";
        if (shape.Finish(text) is { } finished)
        {
            yield return new TitleDraft(
                finished,
                TitleApproach.KindForm,
                "The result stands between the sides, as sports channels write it: shorter and read at a glance.",
                0.7
            );
        }
    }

    // "Highlights - (AB - CD) / 2026-27 [DERBY]" → "Highlights 2026-27": short forms of the sides and labels in brackets say nothing new.
    private static string Rest(string text)
    {
        var end = text.AsSpan().IndexOfAny("([/");
        var kept = (end < 0 ? text : text[..end]).Trim(' ', '-', '|', '–', ':');
        return end >= 0 && kept.Length > 0 && Season().Match(text, end) is { Success: true } season ? $"{kept} {season.Value}" : kept;
    }
}

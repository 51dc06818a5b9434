using YtOptimizer.Core.Analysis.Chapters;
using YtOptimizer.Core.Analysis.Keyphrases;
using YtOptimizer.Core.Analysis.Text;

namespace YtOptimizer.Core.Analysis.Suggestions;

/// <summary>Proposes titles made of the creator's own words. All of them still pass the guard.</summary>
internal sealed class TitleWriter(Source source)
{
    private readonly string code = source.Language.Code;

    public List<TitleCandidate> Write()
    {
        var title = TextCleaner.ReplaceAngleBrackets(TextCleaner.Tidy(source.SafeTitle));
        var candidates = new List<TitleCandidate>();
        if (title.Length > 0)
        {
            var parts = TitleParser.Parse(title, source);
            FromParts(parts, candidates);
            Add(candidates, Calm(title), "Ordinary case and one mark instead of several; the words are unchanged.");
            WithKeyphrase(title, parts, candidates);
        }

        FromSentences(candidates);
        FromChapters(candidates);
        return candidates;
    }

    private void FromParts(List<TitlePart> parts, List<TitleCandidate> candidates)
    {
        var topics = parts.Where(part => part.Kind == TitlePartKind.Topic).ToList();
        if (topics.Count == 0)
        {
            return;
        }

        var brackets = topics.Where(part => part.Bracketed).ToList();
        var free = topics.Where(part => !part.Bracketed).ToList();
        if (free.Count == 0)
        {
            free = brackets;
            brackets = [];
        }

        // The part with the main phrase first.
        var lead = free.FindIndex(part => Holds(part.Text));
        lead = lead < 0 ? 0 : lead;
        var ordered = new List<TitlePart> { free[lead] };
        ordered.AddRange(free.Where((_, index) => index != lead));
        var year = parts.Where(part => part.Kind == TitlePartKind.Year).Select(part => part.Text);
        var episode = parts.Where(part => part.Kind == TitlePartKind.Episode).Select(part => part.Text);
        var qualifier = parts.Where(part => part.Kind == TitlePartKind.Qualifier).Select(part => $"({part.Text})");
        var core = Join(ordered.Select(part => part.Text).ToList());
        var bracketText = string.Concat(brackets.Select(part => $" ({part.Text})"));

        Add(candidates, Calm(Join([core + bracketText, .. year, .. episode])), "Topic first, series and number last; filler such as “official” left out.");
        Add(candidates, Calm(core), "The topic alone, without what viewers already see elsewhere.");
        Add(candidates, Calm(core + string.Concat(qualifier.Take(1).Select(text => " " + text))), "Topic first, kind of video last.");
        if (ordered.Count > 1)
        {
            Add(candidates, Calm(ordered[0].Text), "Only the part that names the subject.");
            Add(candidates, Calm(Join([ordered[0].Text, ordered[^1].Text])), "Subject and last part.");
        }

        foreach (var bracket in brackets.Take(1))
        {
            Add(candidates, Calm(Join([bracket.Text, ordered[0].Text])), "What stood in brackets comes first.");
        }
    }

    private void WithKeyphrase(string title, List<TitlePart> parts, List<TitleCandidate> candidates)
    {
        var core = parts.Where(part => part.Kind == TitlePartKind.Topic && !part.Bracketed).Select(part => part.Text).FirstOrDefault() ?? title;
        core = Calm(core);
        var used = new HashSet<string>(source.ContentStems(core), StringComparer.Ordinal);
        var added = 0;
        foreach (var phrase in source.Phrases.Take(25))
        {
            if (!Usable(phrase))
            {
                continue;
            }

            var stems = phrase.Candidate.Words.Select(source.Stemming.Stem).ToList();
            var surface = Surface(phrase);
            if (stems.TrueForAll(stem => !used.Contains(stem)))
            {
                Add(candidates, $"{surface}: {core}", $"Adds “{surface}” from the description, in front.");
                Add(candidates, $"{core} | {surface}", $"Adds “{surface}” from the description.");
                Add(candidates, $"{core} ({surface})", $"Adds “{surface}” from the description.");
                if (++added >= 3)
                {
                    break;
                }
            }
        }

        var main = source.Phrases.Where(Usable).Take(4).Select(Surface).ToList();
        if (main.Count >= 2 && added > 0 && Graphemes.DisplayWidth(main[0] + main[1]) >= 20)
        {
            Add(candidates, Join([main[0], main[1]]), "The two phrases people would search for.");
        }
    }

    private void FromSentences(List<TitleCandidate> candidates)
    {
        var taken = 0;
        foreach (var text in new[] { source.SafeDescription, source.SafeTranscript })
        {
            foreach (var range in Sentences.Split(text).Take(12))
            {
                var sentence = TextCleaner.Tidy(text[range]);
                if (Markup.Find(sentence).Count > 0 || DescriptionLines.IsCredit(sentence) || Graphemes.DisplayWidth(sentence) is < 20 or > 180 || LooksGlued(sentence))
                {
                    continue;
                }

                var question = sentence.EndsWith('?') || sentence.EndsWith('？') || sentence.EndsWith('؟');
                var clause = Clause(sentence);
                if (clause is not null && (Holds(clause) || question || SharesTopic(clause)))
                {
                    Add(candidates, Calm(clause), question ? "A question the creator asks." : "The creator's own sentence, shortened to its main clause.");
                    if (++taken >= 4)
                    {
                        return;
                    }
                }
            }
        }
    }

    // "Subject: first, second, third" from chapter labels: it says what is inside and can be counted.
    private void FromChapters(List<TitleCandidate> candidates)
    {
        var chapters = ChapterList.Parse(source.SafeDescription);
        if (chapters.Count < ChapterList.Fewest || source.Primary is not { } primary)
        {
            return;
        }

        var labels = chapters.Select(chapter => chapter.Label).Where(label => label.Length is > 2 and < 25 && Folding.Fold(label) != Folding.Fold(source.Template.Intro) && !Holds(label)).Take(3).ToList();
        if (labels.Count >= 2)
        {
            Add(candidates, $"{Surface(primary)}: {string.Join(", ", labels)}", "Main phrase and what the chapters show.");
        }
    }

    // The main clause: up to the first comma or dash when that leaves enough.
    private static string? Clause(string sentence)
    {
        var text = sentence.TrimEnd('.', '。', ' ', '…', '!', '！', ':', '：', ';');
        if (Graphemes.DisplayWidth(text) <= 75)
        {
            return text;
        }

        foreach (var mark in new[] { " — ", " – ", " - ", "; ", ": ", ", ", "、", "，" })
        {
            var at = text.IndexOf(mark, StringComparison.Ordinal);
            if (at > 0 && Graphemes.DisplayWidth(text[..at]) is >= 25 and <= 75)
            {
                return text[..at];
            }
        }

        return null;
    }

    private static bool LooksGlued(string sentence)
    {
        for (var i = 1; i < sentence.Length - 1; i++)
        {
            if (char.IsUpper(sentence[i]) && char.IsLower(sentence[i - 1]) && char.IsLower(sentence[i + 1]) && i > 1 && char.IsLower(sentence[i - 2]))
            {
                return true;
            }

            if (sentence[i] is '.' or '!' or '?' or ':' && char.IsLetter(sentence[i + 1]) && char.IsLetter(sentence[i - 1]))
            {
                return true;
            }
        }

        return false;
    }

    private bool Usable(RankedPhrase phrase)
    {
        var candidate = phrase.Candidate;
        return phrase.Probability > 0.05 && candidate.Key.Length >= 3 && candidate.Words.Length <= 4
            && !candidate.Has(CandidateMarks.EdgeStop | CandidateMarks.WholeTitle | CandidateMarks.CrossesBreak | CandidateMarks.InsideRun | CandidateMarks.Unglued | CandidateMarks.Stripped)
            && !candidate.Key.All(c => char.IsAsciiDigit(c) || c == ' ');
    }

    private string Surface(RankedPhrase phrase)
    {
        var calm = Calm(TextCleaner.Tidy(phrase.Surface));
        return Casing.Capitalize(calm, code);
    }

    private bool Holds(string text) => source.Primary is { } primary && Folding.Fold(text).Contains(primary.Key, StringComparison.Ordinal);

    private bool SharesTopic(string text)
    {
        var title = source.ContentStems(source.SafeTitle).ToHashSet(StringComparer.Ordinal);
        return source.ContentStems(text).Count(title.Contains) >= 2;
    }

    private string Calm(string text)
    {
        var calm = Casing.Calm(Punctuation(text), source);
        return code is "ja" or "zh" or "ko" or "th" ? calm : Casing.Capitalize(calm, code);
    }

    // "!!!" → "!", "?!?" → "?!", at most one emoji.
    private static string Punctuation(string text)
    {
        var output = new System.Text.StringBuilder(text.Length);
        var emoji = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Graphemes.IsEmoji(rune) && ++emoji > 1)
            {
                continue;
            }

            if (rune.Value is 0xFE0F or 0x200D && emoji > 1)
            {
                continue;
            }

            if (rune.Value is '!' or '?' or '！' or '？' && output.Length > 0 && output[^1] == (char)rune.Value)
            {
                continue;
            }

            output.Append(rune.ToString());
        }

        var calm = output.ToString();
        while (calm.Contains("!?!", StringComparison.Ordinal) || calm.Contains("?!?", StringComparison.Ordinal))
        {
            calm = calm.Replace("!?!", "!?", StringComparison.Ordinal).Replace("?!?", "?!", StringComparison.Ordinal);
        }

        return TextCleaner.Tidy(calm.Replace("?!", "?", StringComparison.Ordinal).Replace("!?", "?", StringComparison.Ordinal));
    }

    private string Join(List<string> parts)
    {
        var separator = code is "ja" or "zh" ? "｜" : " – ";
        return parts.Count switch
        {
            0 => "",
            1 => parts[0],
            _ => parts[0] + separator + string.Join(code is "ja" or "zh" ? " " : " | ", parts.Skip(1)),
        };
    }

    private static void Add(List<TitleCandidate> candidates, string text, string reason)
    {
        var tidy = TextCleaner.Tidy(TextCleaner.ReplaceAngleBrackets(text)).Trim(' ', '|', '–', '-', ':', ',');
        if (tidy.Length > 0 && !candidates.Exists(candidate => candidate.Text == tidy))
        {
            candidates.Add(new TitleCandidate(tidy, reason, SuggestionSource.Deterministic));
        }
    }
}

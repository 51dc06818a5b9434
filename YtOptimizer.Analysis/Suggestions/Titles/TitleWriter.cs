using YtOptimizer.Analysis.Chapters;
using YtOptimizer.Analysis.Keyphrases;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Suggestions.Tags;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>Proposes titles made of the creator's own words. All of them still pass the guard.</summary>
internal sealed class TitleWriter(Source source)
{
    private const int MostPhrases = 12;
    private const int LeastWidth = 25;
    private const int LongestBrand = 22;
    private const int WithTwo = 75;

    // A part of the title is no title when it leaves out half of what the video is about.
    private const double PartsKeep = 0.6;
    private const double SentenceKeeps = 0.4;

    // Languages that do not inflect a name after these words.
    private static readonly Dictionary<string, string[]> JoiningWords = new(StringComparer.Ordinal)
    {
        ["en"] = ["of", "about", "on", "with", "in", "for", "at"],
        ["es"] = ["de", "sobre", "con", "en"],
        ["pt"] = ["de", "sobre", "com", "em"],
        ["fr"] = ["de", "sur", "avec", "à", "en"],
        ["it"] = ["di", "su", "con", "in", "a"],
    };

    private readonly string code = source.Language.Code;

    public List<TitleCandidate> Write()
    {
        var title = TextCleaner.ReplaceAngleBrackets(TextCleaner.Tidy(source.SafeTitle));
        var candidates = new List<TitleCandidate>();
        if (title.Length > 0)
        {
            var parts = TitleParser.Parse(title, source);
            FromParts(parts, candidates);
            Add(candidates, Calm(title), "Ordinary case and one mark instead of several; the words are unchanged.", PartsKeep);
            WithKeyphrase(title, parts, candidates);
        }

        foreach (var (sentence, question) in new TitleSentences(source).Find())
        {
            Add(candidates, Calm(sentence), question ? "A question the creator asks." : "The creator's own sentence, shortened to its main clause.", SentenceKeeps);
        }

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
        var episode = parts.Where(part => part.Kind == TitlePartKind.Episode).Select(part => Casing.Capitalize(part.Text, code)).ToList();
        var brand = parts.Where(part => part.Kind == TitlePartKind.Brand).Select(part => part.Text).ToList();
        var qualifier = parts.Where(part => part.Kind == TitlePartKind.Qualifier).Select(part => $"({part.Text})");
        var core = Join(ordered.Select(part => part.Text).ToList());
        var bracketText = string.Concat(brackets.Select(part => $" ({part.Text})"));

        Add(candidates, Calm(Join([core + bracketText, .. year, .. episode])), "Topic first, series and number last; filler such as “official” left out.", PartsKeep);
        if (brand.Count > 0)
        {
            Add(candidates, Calm(Join([core + bracketText, .. year, .. episode, .. brand])), "Topic first, then the episode, the channel last.", PartsKeep);
        }

        Add(candidates, Calm(core), "The topic alone, without what viewers already see elsewhere.", PartsKeep);
        Add(candidates, Calm(core + string.Concat(qualifier.Take(1).Select(text => " " + text))), "Topic first, kind of video last.", PartsKeep);
        foreach (var part in ordered.Where(part => ordered.Count > 1 && Graphemes.DisplayWidth(part.Text) >= LeastWidth))
        {
            Add(candidates, Calm(part.Text), "Only the part that names the subject.", PartsKeep);
        }

        if (ordered.Count == 1 && FrontLoaded(ordered[0].Text) is { } moved)
        {
            Add(candidates, Calm(moved + bracketText), "What the video is about comes first.", PartsKeep);
        }

        if (ordered.Count == 2 && CanLead(ordered[1].Text))
        {
            Add(candidates, Calm(Join([ordered[1].Text, ordered[0].Text]) + bracketText), "The same two parts, the other one first.", PartsKeep);
        }

        if (source.Input.ChannelTitle is { Length: >= 3 and <= LongestBrand } channel && ordered.Count == 1 && !Folding.Fold(source.SafeTitle).Contains(Folding.Fold(channel), StringComparison.Ordinal) && !channel.EndsWith("VEVO", StringComparison.Ordinal))
        {
            Add(candidates, Join([Calm(core + bracketText), channel]), "Topic first, channel last.", PartsKeep);
        }

        foreach (var bracket in brackets.Where(part => Holds(part.Text) && !Holds(ordered[0].Text) && !TitleParser.Continues(part.Text)).Take(1))
        {
            Add(candidates, Calm(Join([bracket.Text, ordered[0].Text])), "What stood in brackets comes first.", PartsKeep);
        }
    }

    // A subtitle after a colon, a date or "SAT.1 TV" does not open a title.
    private bool CanLead(string part)
    {
        var words = Folding.Fold(part).Split(' ');
        return !source.SafeTitle.Contains(": ", StringComparison.Ordinal) && !part.Any(char.IsDigit) && !words.Any(PhraseQuality.IsEverywhere) && Graphemes.DisplayWidth(part) >= 8 && source.ContentStems(part).Any();
    }

    // "Inside the mind of Jake Paul" → "Jake Paul: Inside the mind". Only where the phrase closes the title and nothing is inflected by the move.
    private string? FrontLoaded(string title)
    {
        if (source.Primary is not { Candidate.Words.Length: > 0 } primary || !JoiningWords.TryGetValue(code, out var joining))
        {
            return null;
        }

        var at = title.LastIndexOf(primary.Surface, StringComparison.OrdinalIgnoreCase);
        if (at <= 0 || Folding.Fold(title[at..]) != primary.Key || title[at - 1] != ' ')
        {
            return null;
        }

        var before = title[..at].TrimEnd();
        var last = before.LastIndexOf(' ');
        return last > 0 && joining.Contains(before[(last + 1)..].ToLowerInvariant(), StringComparer.Ordinal) && source.ContentStems(before[..last]).Count() >= 2
            ? $"{Casing.Capitalize(title[at..], code)}: {Casing.Capitalize(before[..last], code)}"
            : null;
    }

    private void WithKeyphrase(string title, List<TitlePart> parts, List<TitleCandidate> candidates)
    {
        var core = string.Join(" – ", parts.Where(part => part.Kind == TitlePartKind.Topic && !part.Bracketed).Select(part => part.Text).Take(2));
        core = Calm(core.Length > 0 ? core : title);
        var folded = Folding.Fold(title);
        var used = new HashSet<string>(source.ContentStems(title), StringComparer.Ordinal);
        var shown = new List<string>();
        var separator = code is "ja" or "zh" ? "｜" : core.Contains(" – ", StringComparison.Ordinal) ? " | " : " – ";
        foreach (var phrase in source.Phrases.Take(MostPhrases))
        {
            var stems = phrase.Candidate.Words.Select(source.Stemming.Stem).ToList();
            if (shown.Count >= 3 || !PhraseQuality.CanStandAlone(source, phrase) || folded.Contains(phrase.Key, StringComparison.Ordinal) || stems.Exists(used.Contains))
            {
                continue;
            }

            var surface = Surface(phrase);
            Add(candidates, core + separator + surface, $"Adds “{surface}” from the description.", PartsKeep);
            used.UnionWith(stems);
            shown.Add(surface);
        }

        if (shown.Count >= 2 && Graphemes.DisplayWidth(core + shown[0] + shown[1]) <= WithTwo)
        {
            Add(candidates, core + separator + shown[0] + ", " + shown[1], $"Adds “{shown[0]}” and “{shown[1]}” from the description.", PartsKeep);
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
            Add(candidates, $"{Surface(primary)}: {string.Join(", ", labels)}", "Main phrase and what the chapters show.", SentenceKeeps);
        }
    }

    private string Surface(RankedPhrase phrase)
    {
        var calm = Calm(TextCleaner.Tidy(phrase.Surface));
        return Casing.Capitalize(calm, code);
    }

    private bool Holds(string text) => source.Primary is { } primary && Folding.Fold(text).Contains(primary.Key, StringComparison.Ordinal);

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
        for (var i = 0; i < text.Length;)
        {
            // Whole clusters: a family or a flag stays or goes as one.
            var cluster = text.AsSpan(i, Graphemes.NextLength(text.AsSpan(i)));
            i += cluster.Length;
            if ((Graphemes.IsEmojiCluster(cluster) && ++emoji > 1) || (cluster is ['!' or '?' or '！' or '？'] && output.Length > 0 && output[^1] == cluster[0]))
            {
                continue;
            }

            output.Append(cluster);
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

    private static void Add(List<TitleCandidate> candidates, string text, string reason, double leastKept)
    {
        var tidy = TextCleaner.Tidy(TextCleaner.ReplaceAngleBrackets(text)).Trim(' ', '|', '–', '-', ':', ',');
        if (tidy.Length > 0 && !candidates.Exists(candidate => candidate.Text == tidy))
        {
            candidates.Add(new TitleCandidate(tidy, reason, SuggestionSource.Deterministic, leastKept));
        }
    }
}

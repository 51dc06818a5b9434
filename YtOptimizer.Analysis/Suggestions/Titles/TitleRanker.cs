using YtOptimizer.Analysis.Grounding;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>Keeps valid titles and orders them by the title checks and variety (maximal marginal relevance).</summary>
internal static class TitleRanker
{
    private const double Relevance = 0.7;
    private const double TooSimilar = 0.8;
    private const double Checks = 0.75;
    private const double Known = 0.7;
    private const double Passed = 0.9;
    private const int MostReasons = 2;

    public static List<TitleSuggestion> Rank(GroundingRules rules, LanguageMemo detector, IEnumerable<TitleCandidate> candidates, int most)
    {
        var source = rules.Source;
        var originalStems = rules.StemSet(source.SafeTitle);
        var subject = Subject(rules);
        var unchanged = Shape(source.SafeTitle);
        var pool = new List<Entry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var candidate in candidates.Take(100))
        {
            var text = TextCleaner.Tidy(TextCleaner.Clean(candidate.Text));
            var violations = new List<GuardViolation>();
            rules.CheckTitle(text, detector, violations);
            var template =
                candidate.Added.Length == 0
                    ? []
                    : source.Tokens(candidate.Added).Select(token => candidate.Added.Substring(token.Start, token.Length)).ToList();
            violations.RemoveAll(violation =>
                violation.Code == "unsupported_word"
                && template.Exists(word => violation.Detail.Contains($"“{word}”", StringComparison.OrdinalIgnoreCase))
            );
            // Another dash is no other title; a repair may be no more than a space.
            var same = candidate.Approach == nameof(TitleApproach.Repaired) ? text == source.SafeTitle : Shape(text) == unchanged;
            if (violations.Count > 0 || same || !seen.Add(Folding.Fold(text) + (char.IsUpper(text[0]) ? "" : "~")))
            {
                continue;
            }

            var stems = rules.StemSet(text);
            if (Share(subject, stems) < candidate.LeastKept)
            {
                continue;
            }

            // What the present title says should not get lost.
            pool.Add(new Entry(text, candidate, stems, Value(source, candidate, text, Share(originalStems, stems))));
        }

        var chosen = new List<Entry>();
        while (chosen.Count < most)
        {
            Entry? best = null;
            var bestValue = double.MinValue;
            foreach (var entry in pool)
            {
                var nearest = chosen.Count == 0 ? 0 : chosen.Max(other => Similarity.Jaccard(entry.Stems, other.Stems));
                var value = (Relevance * entry.Value) - ((1 - Relevance) * nearest);
                if (
                    nearest <= TooSimilar
                    && MayJoin(entry, chosen)
                    && (value > bestValue || (value == bestValue && best is not null && string.CompareOrdinal(entry.Text, best.Text) < 0))
                )
                {
                    best = entry;
                    bestValue = value;
                }
            }

            if (best is null)
            {
                break;
            }

            chosen.Add(best);
            pool.Remove(best);
        }

        return
        [
            .. chosen
                .OrderByDescending(entry => entry.Value)
                .ThenBy(entry => entry.Text, StringComparer.Ordinal)
                .Select(entry => Suggestion(entry, source)),
        ];
    }

    // What is known of the way a title was made says more than the checks; a model's title has only those.
    private static double Value(Source source, TitleCandidate candidate, string text, double kept) =>
        Math.Round(
            candidate.Quality is { } quality
                ? (Known * quality) + ((1 - Known) * TitleChecks.Score(source, text))
                : (Checks * TitleChecks.Score(source, text)) + ((1 - Checks) * kept),
            6
        );

    private static bool MayJoin(Entry entry, List<Entry> chosen) =>
        entry.Candidate.Approach is not { } approach || !chosen.Exists(other => other.Candidate.Approach == approach);

    // What the present title is about: without brand, episode and "official video".
    private static HashSet<string> Subject(GroundingRules rules)
    {
        var topics = TitleParser
            .Parse(rules.Source.SafeTitle, rules.Source)
            .Where(part => part.Kind == TitlePartKind.Topic)
            .Select(part => part.Text);
        return rules.StemSet(string.Join('\n', topics));
    }

    private static double Share(HashSet<string> wanted, HashSet<string> has) =>
        wanted.Count == 0 ? 1 : (double)wanted.Count(has.Contains) / wanted.Count;

    private static string Shape(string title)
    {
        var same = string.Concat(
            title.Select(c =>
                c is '–' or '—' or '−' or '|' or '｜' or '•' or ':' or '：' ? '-'
                : c is '[' or '【' or '（' ? '('
                : c is ']' or '】' or '）' ? ')'
                : c is '’' or '‘' ? '\''
                : c is '“' or '”' ? '"'
                : c
            )
        );
        return string.Concat(same.Where(c => !char.IsWhiteSpace(c)));
    }

    private static TitleSuggestion Suggestion(Entry entry, Source source)
    {
        var reasons = new List<string>();
        if (entry.Candidate is { Reason: { } reason })
        {
            reasons.Add(reason);
        }

        foreach (var (now, then) in TitleChecks.Compute(source, source.Input.Title).Zip(TitleChecks.Compute(source, entry.Text)))
        {
            // A check that still finds fault gives no reason to take the title.
            if (now.Applicable && then.Applicable && then.Score > now.Score + 0.05 && then.Score >= Passed && reasons.Count < MostReasons)
            {
                reasons.Add($"{then.Title}: {then.Evidence}");
            }
        }

        var early = source.Primary is { } primary && TitleChecks.Find(entry.Text, source, primary) is >= 0 and <= 40;
        var question = entry.Text.AsSpan().IndexOfAny('?', '？', '؟') >= 0;
        return new TitleSuggestion
        {
            Text = entry.Text,
            Style = early && !question ? TitleStyle.Searchable : TitleStyle.Intriguing,
            Rank = entry.Value,
            Reasons = reasons,
            Approach = entry.Candidate.Approach is { } approach ? char.ToLowerInvariant(approach[0]) + approach[1..] : null,
            SourceSpans = SourceSpans.Find(source, entry.Text),
            Source = entry.Candidate.Source,
        };
    }

    private sealed record Entry(string Text, TitleCandidate Candidate, HashSet<string> Stems, double Value);
}

/// <summary>Shows where the words of a suggestion come from.</summary>
internal static class SourceSpans
{
    public static List<SourceSpan> Find(Source source, string text)
    {
        var tokens = source.Tokens(text);
        var fields = new (string Name, string Text)[]
        {
            ("title", source.Input.Title),
            ("description", source.Input.Description),
            ("tags", string.Join(", ", source.Input.Tags)),
            ("channel", source.Input.ChannelTitle ?? ""),
            ("transcript", source.Input.Transcript?.Text ?? ""),
        };
        var spans = new List<SourceSpan>();
        for (var first = 0; first < tokens.Count; )
        {
            var taken = 0;
            for (var last = tokens.Count - 1; last >= first && taken == 0; last--)
            {
                var piece = text[tokens[first].Start..tokens[last].End];
                foreach (var (name, field) in fields)
                {
                    var at = field.IndexOf(piece, StringComparison.OrdinalIgnoreCase);
                    if (at >= 0)
                    {
                        spans.Add(new SourceSpan(name, at, piece.Length, field.Substring(at, piece.Length)));
                        taken = last - first + 1;
                        break;
                    }
                }
            }

            if (taken == 0)
            {
                spans.Add(new SourceSpan("template", -1, tokens[first].Length, text.Substring(tokens[first].Start, tokens[first].Length)));
                taken = 1;
            }

            first += taken;
        }

        return spans;
    }
}

using System.Text.RegularExpressions;
using YtOptimizer.Analysis.DescriptionText;
using YtOptimizer.Analysis.Input;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Kinds;

/// <summary>Decides the kind of a video by the cues of cues.txt and a few forms of titles.</summary>
internal static partial class KindClassifier
{
    private const string Music = "10";
    private const int Lead = 400;
    private const double OtherValue = 2.2;

    // Sets how fast confidence grows with the lead over the next kind; chosen so that what is said at 0.8 is right 8 times in 10.
    private const double Temperature = 1.3;

    // Below this a kind that only description, tags or channel speak for is none.
    private const double Doubtful = 0.45;
    private const double LeastOfSecond = 0.6;

    /// <summary>So many different cues, or fewer that are said all the time, make a speech one of the kind.</summary>
    private const int FewestSpoken = 5;
    private const int FewestDense = 3;
    private const double LeastDensity = 1.2;
    private const double Dense = 3;
    private const double Unspaced = 4;
    private const double DenseUnspaced = 5;

    /// <param name="title">Cleaned title.</param>
    /// <param name="description">Cleaned description.</param>
    /// <param name="speech">What is said, in matching form; empty without a transcript.</param>
    public static KindInfo Classify(
        VideoInput input,
        string title,
        string description,
        IReadOnlyList<string> tags,
        string language,
        string speech
    )
    {
        var lead = Graphemes.Take(description, Lead);
        var texts = new Dictionary<CueField, string>
        {
            [CueField.Title] = Padded(title),
            [CueField.Text] = Padded(DescriptionLines.Prose(lead) + "\n" + string.Join('\n', tags.Take(20))),
            [CueField.Channel] = Padded(input.ChannelTitle ?? ""),
            [CueField.Category] = input.CategoryId ?? "",
        };
        texts[CueField.Broadcast] = texts[CueField.Title];
        var values = new Dictionary<VideoKind, double> { [VideoKind.Other] = OtherValue };
        var aside = new Dictionary<VideoKind, double>();
        var evidence = new List<(VideoKind Kind, double Value, string Text)>();
        var rules = KindCues.For(language).ToList();
        // "Live" is said of any broadcast; of a song where the category or other cues speak for music, too.
        foreach (var rule in rules.Where(rule => rule.Field != CueField.Broadcast).Concat(rules.Where(IsBroadcast)))
        {
            if (IsBroadcast(rule) && input.CategoryId != Music && !IsMusical(values))
            {
                continue;
            }

            if (rule.Field == CueField.Speech)
            {
                Spoken(rule, speech, language, values, evidence);
                continue;
            }

            var text = texts[rule.Field];
            var found = text.Length <= 2 && rule.Field != CueField.Category ? [] : rule.In(text).Take(3).ToList();
            if (found.Count > 0)
            {
                var value = rule.Weight * Math.Min(2, 1 + (0.5 * (found.Count - 1)));
                values[rule.Kind] = values.GetValueOrDefault(rule.Kind) + value;
                if (rule.Field is CueField.Text or CueField.Channel)
                {
                    aside[rule.Kind] = aside.GetValueOrDefault(rule.Kind) + value;
                }

                // Words of a broadcast stand in the title.
                var field = IsBroadcast(rule) ? CueField.Title : rule.Field;
                evidence.Add(
                    (rule.Kind, value, $"{field.ToString().ToLowerInvariant()}: {string.Join(", ", found.Select(cue => cue.Trim()))}")
                );
            }
        }

        Forms(input, title, values, evidence);
        var about = Decide(values, aside, out var confidence, out var second);
        var isShort = IsShort(input, title, description);
        return new KindInfo
        {
            Kind = isShort ? VideoKind.Shorts : about,
            Confidence = isShort ? 1 : confidence,
            About = about,
            Second = second,
            Conventions = KindConventions.For(isShort ? VideoKind.Shorts : about).Advice,
            Evidence =
            [
                .. evidence
                    .Where(item => item.Kind == about && item.Value > 0)
                    .OrderByDescending(item => item.Value)
                    .ThenBy(item => item.Text, StringComparer.Ordinal)
                    .Take(5)
                    .Select(item => item.Text),
            ],
        };
    }

    private static bool IsBroadcast(CueRule rule) => rule.Field == CueField.Broadcast;

    private static bool IsMusical(Dictionary<VideoKind, double> values) =>
        values.GetValueOrDefault(VideoKind.Music) >= 2 || values.GetValueOrDefault(VideoKind.Performance) >= 2;

    // Words of a trade come up in any talk; many of them, again and again, are what it is about.
    private static void Spoken(
        CueRule rule,
        string speech,
        string language,
        Dictionary<VideoKind, double> values,
        List<(VideoKind Kind, double Value, string Text)> evidence
    )
    {
        if (speech.Length == 0)
        {
            return;
        }

        var (cues, times) = rule.Count(speech);
        var density = times * 1000.0 / speech.Length;
        var unspaced = language is "ja" or "zh" or "ko";
        var least = (rule.Density > 0 ? rule.Density : LeastDensity) * (unspaced ? Unspaced : 1);
        var dense = Math.Max(rule.Density, unspaced ? DenseUnspaced : Dense);
        if (!(cues >= FewestSpoken && density >= least) && !(cues >= FewestDense && density >= dense))
        {
            return;
        }

        var value = rule.Weight * Math.Clamp(Math.Sqrt(density / dense), 0.7, 1.3);
        values[rule.Kind] = values.GetValueOrDefault(rule.Kind) + value;
        evidence.Add((rule.Kind, value, $"speech: {string.Join(", ", rule.In(speech).Take(3).Select(cue => cue.Trim()))}"));
    }

    private static string Padded(string text) => " " + Folding.Fold(text) + " ";

    // What the form of a title says: a result between two sides, "Artist - Track", a song that is also performed.
    private static void Forms(
        VideoInput input,
        string title,
        Dictionary<VideoKind, double> values,
        List<(VideoKind Kind, double Value, string Text)> evidence
    )
    {
        void Add(VideoKind kind, double value, string text)
        {
            values[kind] = values.GetValueOrDefault(kind) + value;
            evidence.Add((kind, value, text));
        }

        if (Result().IsMatch(title) && values.GetValueOrDefault(VideoKind.Sports) >= 3)
        {
            Add(VideoKind.Sports, 3, "title: a result");
        }

        if (input.CategoryId == Music && TwoParts().IsMatch(title))
        {
            Add(VideoKind.Music, 2, "title: artist – track");
        }

        // Music is what a performance is of: where both are plain, the narrower kind is meant.
        var performance = values.GetValueOrDefault(VideoKind.Performance);
        if (performance >= 5 && values.GetValueOrDefault(VideoKind.Music) > 2)
        {
            Add(VideoKind.Performance, values[VideoKind.Music] * 0.8, "a song, performed");
        }

        // The same for a dish in the middle of "how to".
        if (values.GetValueOrDefault(VideoKind.Recipe) >= 5 && values.GetValueOrDefault(VideoKind.Tutorial) > 2)
        {
            Add(VideoKind.Recipe, values[VideoKind.Tutorial] * 0.7, "how to, with ingredients");
        }

        if (input.MadeForKids == true)
        {
            Add(VideoKind.Kids, 4, "made for kids");
        }
    }

    private static VideoKind Decide(
        Dictionary<VideoKind, double> values,
        Dictionary<VideoKind, double> aside,
        out double confidence,
        out VideoKind? second,
        double least = Doubtful
    )
    {
        var ordered = values.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).ToList();
        var most = ordered[0].Value;
        var kinds = Enum.GetValues<VideoKind>().Where(kind => kind != VideoKind.Shorts);
        var sum = kinds.Sum(kind => Math.Exp((values.GetValueOrDefault(kind) - most) / Temperature));
        confidence = Math.Round(1 / sum, 3);
        second = ordered.Count > 1 && ordered[1].Value > 0 && ordered[1].Key != VideoKind.Other ? ordered[1].Key : null;
        var kind = ordered[0].Key;
        // "Like a Christmas for children" makes no children's video: title, category or speech must speak for it, too, or much of the text.
        if (confidence < least && aside.Remove(kind, out var said) && ordered[0].Value - said < OtherValue)
        {
            values[kind] -= said;
            return Decide(values, aside, out confidence, out second, LeastOfSecond);
        }

        return kind;
    }

    private static bool IsShort(VideoInput input, string title, string description) =>
        input.IsShort
        ?? (ShortsTag().IsMatch(title) || (ShortsTag().IsMatch(description) && input.Duration is null or { TotalMinutes: <= 3 }));

    [GeneratedRegex(@"\b\d{1,3}\s?[-–:]\s?\d{1,3}\b", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex Result();

    [GeneratedRegex(@"^[^-–—|]{2,50}\s[-–—]\s[^-–—|]{2,}", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex TwoParts();

    [GeneratedRegex(@"#shorts\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, Patterns.Timeout)]
    private static partial Regex ShortsTag();
}

using System.Text.RegularExpressions;
using YtOptimizer.Analysis.Kinds;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Scoring;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions;

/// <summary>Why the title stays, or what the first suggestion does better.</summary>
internal static partial class TitleVerdict
{
    private const double SureKind = 0.6;
    private const int Shown = 65;
    private const int FewestLetters = 12;

    // Columns: of an opening quotation mark or bracket, and of the few words that are seen first.
    private const int Opening = 2;
    private const int Early = 20;

    public static PartVerdict Write(Source source, IReadOnlyList<TitleSuggestion> titles)
    {
        if (titles.Count > 0)
        {
            return new(
                "title",
                false,
                titles[0].Reasons is not [var reason, ..] ? $"{titles.Count} suggested."
                    : titles.Count == 1 ? reason
                    : $"First of {titles.Count}: {reason}"
            );
        }

        if (source.SafeTitle.Length == 0)
        {
            return new("title", false, "There is no title, and no sentence was found in the text that could be one.");
        }

        return source.Input.Title.Length > Limits.Title
            ? new("title", false, "YouTube refuses titles of more than 100 characters, and no shorter one was found in your words.")
            : new("title", true, KeepReason(source));
    }

    private static string KeepReason(Source source)
    {
        if (Form(source) is { } form)
        {
            return $"Keep yours: {form}.";
        }

        var title = source.SafeTitle;
        var width = Graphemes.DisplayWidth(title);
        var main = AskedPhrases.First(source);
        var column = main is { } phrase ? TitleChecks.Find(title, source, phrase) : -1;
        string[] good =
        [
            column is >= 0 and <= Opening ? $"it opens with “{main?.Surface}”"
            : column is > Opening and <= Early ? $"“{main?.Surface}” stands early in it"
            : "",
            width <= Shown ? "it is read in full everywhere" : "",
        ];
        var reasons = string.Join(" and ", good.Where(reason => reason.Length > 0));
        // What was tried: no claim that the text holds nothing better.
        var tried =
            source.SafeDescription.Length == 0 ? ""
            : ToldOfVideo.In(source).Count(char.IsLetter) < FewestLetters ? "the description says nothing of the video to draw on"
            : "no sentence of the description makes a better one by itself";
        return reasons.Length == 0 ? $"Keep yours: {(tried.Length == 0 ? "no part of it is better alone" : $"no part of it and {tried}")}."
            : tried.Length == 0 ? $"Keep yours: {reasons}."
            : $"Keep yours: {reasons}, and {tried}.";
    }

    // Said only of a title that has the form of its kind.
    private static string? Form(Source source)
    {
        var (kind, title) = (source.Kind, source.SafeTitle);
        // A Short is one for certain, and what it is about may still be a guess.
        if (kind.Confidence < SureKind || kind.Kind != kind.About || !KindConventions.For(kind.About).KeepsForm)
        {
            return null;
        }

        return kind.About switch
        {
            VideoKind.Music or VideoKind.Performance when TwoParts().IsMatch(title) =>
                "artist and track stand in it, as listeners search them",
            VideoKind.Trailer when Names(KindConventions.Terms(VideoKind.Trailer, source.Language.Code), title) =>
                "it names the film or series and what kind of clip it is, as viewers search it",
            VideoKind.Sports when TwoSides().IsMatch(title) => "both sides stand in it, as viewers search the match",
            _ => null,
        };
    }

    private static bool Names(IReadOnlyList<string> terms, string title) =>
        terms.Any(term => title.Contains(term, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"^[^-–—|]{2,50}\s[-–—]\s\S", RegexOptions.CultureInvariant, Patterns.Timeout)]
    private static partial Regex TwoParts();

    [GeneratedRegex(
        @"\p{L}\s+(?:vs?\.?|x|\d{1,2}\s?[-–:x]\s?\d{1,2})\s+\p{L}",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        Patterns.Timeout
    )]
    private static partial Regex TwoSides();
}

using System.Text;
using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

internal static partial class TitleChecks
{
    private const char PictureMark = '\uFE0F';

    // Those between U+2600 and U+27BF that are shown as pictures without a mark.
    private const string Coloured =
        "\u2614\u2615\u2648\u2649\u264A\u264B\u264C\u264D\u264E\u264F\u2650\u2651\u2652\u2653\u267F\u2693\u26A1\u26AA\u26AB\u26BD"
        + "\u26BE\u26C4\u26C5\u26CE\u26D4\u26EA\u26F2\u26F3\u26F5\u26FA\u26FD\u2705\u270A\u270B\u2728\u274C\u274E\u2753\u2754\u2755"
        + "\u2757\u2795\u2796\u2797\u27B0\u27BF";

    private const int HardlyAWord = 6;
    private const int FewestPromised = 2;
    private const double MostTaken = 0.5;
    private const double Most = 0.65;
    private const double Kept = 0.9;
    private const double KeptHalf = 0.75;
    private const double LeastOfMissing = 0.4;
    private const double MostOfMissing = 0.55;
    private const double Doubtful = 0.6;

    private static Check Calm(Source source, string title, List<Token> tokens)
    {
        var loud = tokens
            .Where(token =>
                token.Has(TokenFlags.AllCaps)
                && token.Length > 1
                && !(IsAcronym(token, tokens) || (token.Length <= 5 && source.TagWords.Contains(token.Folded) && !MostlyCaps(tokens)))
            )
            .Select(token => title.Substring(token.Start, token.Length))
            .ToList();
        var caps = loud.Count;
        var emoji = Pictures(title);
        var shouting = false;
        for (var i = 1; i < title.Length; i++)
        {
            shouting |= title[i] is '!' or '?' or '！' or '？' && title[i - 1] is '!' or '?' or '！' or '？';
        }

        var outcries = Outcries.In(title, tokens).ToList();
        // The last tenth goes with the share of shouted words, so that a wholly shouted title is always worse than a half shouted one.
        var share = tokens.Count == 0 ? 0 : tokens.Count(token => token.Has(TokenFlags.AllCaps)) / (double)tokens.Count;
        var score =
            (
                0.9
                * Math.Max(
                    0,
                    1 - (Math.Max(0, caps - 1) / 3.0) - (Math.Max(0, emoji - 1) / 3.0) - (shouting ? 1 / 3.0 : 0) - (outcries.Count / 3.0)
                )
            ) + (0.1 * (1 - share));
        return CheckCatalog.TitleCalm.Scored(
            score,
            Seen(loud, Short(title, tokens), emoji, shouting, outcries),
            CalmFix(loud, emoji, shouting, outcries)
        );
    }

    // "★", "♥" and "✓" are marks that every font has, and no pictures unless they are marked as such.
    private static int Pictures(string title)
    {
        if (Graphemes.CountEmoji(title) == 0)
        {
            return 0;
        }

        var pictures = new StringBuilder();
        for (var i = 0; i < title.Length; i++)
        {
            var isMark =
                title[i] is >= '\u2600' and <= '\u27BF'
                && (i + 1 == title.Length || title[i + 1] != PictureMark)
                && !Coloured.Contains(title[i], StringComparison.Ordinal);
            pictures.Append(isMark ? ' ' : title[i]);
        }

        return Graphemes.CountEmoji(pictures.ToString());
    }

    private static List<string> Short(string title, List<Token> tokens) =>
        [
            .. tokens
                .Where(token => token.Has(TokenFlags.AllCaps) && token.Length > 1)
                .Select(token => title.Substring(token.Start, token.Length)),
        ];

    private static string CalmFix(List<string> loud, int emoji, bool shouting, List<string> outcries)
    {
        string[] parts =
        [
            loud.Count > 1 ? "write them in ordinary case, names with one capital letter" : "",
            emoji > 1 ? "keep one emoji" : "",
            shouting ? "keep one ! or ?" : "",
            outcries.Count > 0 ? $"say what happened instead of {Quoted(outcries)}" : "",
        ];
        var todo = string.Join(", ", parts.Where(part => part.Length > 0));
        return todo.Length == 0 ? "" : char.ToUpperInvariant(todo[0]) + todo[1..] + ".";
    }

    private static string Seen(List<string> loud, List<string> capitals, int emoji, bool shouting, List<string> outcries)
    {
        string[] parts =
        [
            loud.Count == 0
                ? capitals.Count == 0
                    ? ""
                    : $"only short words in capitals{Listed(capitals)}"
                : Text($"{loud.Count} {(loud.Count == 1 ? "word" : "words")} in capitals{Listed(loud)}"),
            emoji == 0 ? "" : Text($"{emoji} emoji"),
            shouting ? "repeated ! or ?" : "",
            outcries.Count > 0 ? $"a call for attention{Listed(outcries)}" : "",
        ];
        var seen = string.Join(", ", parts.Where(part => part.Length > 0));
        return seen.Length == 0 ? "No words in capitals, no emoji."
            : loud.Count == 0 && (shouting || outcries.Count > 0) && capitals.Count == 0 ? $"No words in capitals, but {seen}."
            : Casing.Capitalize(seen, "en") + ".";
    }

    private static string Listed(List<string> words) =>
        words.Count == 0 ? "" : $" ({string.Join(", ", words.Distinct(StringComparer.Ordinal).Take(4))}{(words.Count > 4 ? ", …" : "")})";

    private static bool IsAcronym(Token token, List<Token> tokens) => token.Length <= 4 && !MostlyCaps(tokens);

    private static bool MostlyCaps(List<Token> tokens)
    {
        var cased = tokens.Count(token =>
            token.Length > 1 && (token.Has(TokenFlags.AllCaps) || token.Has(TokenFlags.Capitalized) || token.Script == Script.Latin)
        );
        return tokens.Count(token => token.Has(TokenFlags.AllCaps)) > Math.Max(1, cased / 2);
    }

    private static Check Promise(Source source, string title, List<Token> tokens)
    {
        // Tags say nothing to viewers: only description and speech can keep a promise.
        var rest = source.Told;
        if (!DescriptionChecks.NeedsText(source))
        {
            return CheckCatalog.TitlePromise.NotApplicable("Videos of this kind need no prose that takes the title up.");
        }

        // A few words are no excuse: they keep the promise or do not. Hashtags are no text.
        if (rest.Length == 0 || (source.SafeTranscript.Length == 0 && string.IsNullOrWhiteSpace(source.OwnDescription)))
        {
            return CheckCatalog.TitlePromise.NotApplicable("There is no other text to compare with.");
        }

        var forms = source.Told.Forms;
        if (forms.Count < HardlyAWord)
        {
            return CheckCatalog.TitlePromise.NotApplicable("The description holds too few words to compare with the title.");
        }

        // The channel's name stands beside the title: what it says is said.
        var channel = source.Tokens(source.Input.ChannelTitle ?? "").Select(token => token.Folded).ToHashSet(StringComparer.Ordinal);
        var content = PromisedWords.Of(source, title, tokens).FindAll(token => !channel.Contains(token.Folded));
        var untold = content.Where(token => !PromisedWords.IsTold(source, token)).ToList();
        // A name may stand in the text in that text's own script.
        var unread = untold.RemoveAll(token => forms.IsOtherScript(token.Folded));
        if (unread * 2 > content.Count)
        {
            return CheckCatalog.TitlePromise.NotApplicable("Most of the title is written in another script than the description.");
        }

        // A joke or an exclamation promises nothing that a sentence could take up.
        if (content.Count - unread < FewestPromised && untold.Count == content.Count - unread)
        {
            return CheckCatalog.TitlePromise.NotApplicable("The title says nothing that could be looked up in the text word by word.");
        }

        var compared = content.Count - unread;
        // Day and form are never missing; where the text says them, they are taken up like the rest.
        compared += tokens.Except(content).Count(token => !token.IsStop && PromisedWords.IsTold(source, token));
        var share = compared == 0 ? 1 : 1 - ((double)untold.Count / compared);
        var text = source.Input.Transcript is null ? "the description" : "description or speech";
        // Another word may say the same: where most is taken up, the promise is kept.
        if (share >= MostTaken)
        {
            var taken =
                untold.Count == 0 ? "The words"
                : share >= Most ? "Most words"
                : "About half of the words";
            return CheckCatalog.TitlePromise.Scored(
                untold.Count == 0 ? 1
                    : share >= Most ? Kept
                    : KeptHalf,
                $"{taken} of the title come back in {text}.",
                ""
            );
        }

        if (source.Input.Transcript is null && DescriptionChecks.IsBare(source))
        {
            return CheckCatalog.TitlePromise.NotApplicable("The description says too little about the video to compare it with the title.");
        }

        if (UntoldSubjects.Of(source, title) is { Count: > 0 } missing)
        {
            return CheckCatalog.TitlePromise.Scored(
                LeastOfMissing + ((MostOfMissing - LeastOfMissing) * share / MostTaken),
                $"{Quoted(missing)} of the title cannot be found in {text}.",
                $"Say something on {Quoted(missing)} in a sentence of the description, in these words or others."
            );
        }

        if (source.Input.Transcript is null && source.HasPastedTitle)
        {
            return CheckCatalog.TitlePromise.NotApplicable(
                "The description repeats the title; whether it says more of it cannot be told by its words."
            );
        }

        // Nothing sure can be named that is missing.
        return CheckCatalog.TitlePromise.Scored(
            Doubtful + ((Kept - Doubtful) * share),
            share > 0
                ? $"Some words of the title come back in {text}; others may say the rest."
                : $"The title's own words were not found in {text}; others may say the same.",
            "Say in a sentence of the description what the title says, in its words or others of the same meaning."
        );
    }

    private static string Quoted(List<string> words) =>
        words.Count < 2
            ? $"“{words[0]}”"
            : $"{string.Join(", ", words.Take(words.Count - 1).Select(word => $"“{word}”"))} or “{words[^1]}”";
}

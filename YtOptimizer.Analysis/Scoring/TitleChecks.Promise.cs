using YtOptimizer.Analysis.Results;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Scoring;

internal static partial class TitleChecks
{
    private const int HardlyAWord = 6;
    private const int FewestPromised = 2;
    private const int MostNamed = 3;
    private const int MostShown = 6;

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
        var emoji = Graphemes.CountEmoji(title);
        var shouting = false;
        for (var i = 1; i < title.Length; i++)
        {
            shouting |= title[i] is '!' or '?' or '！' or '？' && title[i - 1] is '!' or '?' or '！' or '？';
        }

        // The last tenth goes with the share of shouted words, so that a wholly shouted title is always worse than a half shouted one.
        var share = tokens.Count == 0 ? 0 : tokens.Count(token => token.Has(TokenFlags.AllCaps)) / (double)tokens.Count;
        var score =
            (0.9 * Math.Max(0, 1 - (Math.Max(0, caps - 1) / 3.0) - (Math.Max(0, emoji - 1) / 3.0) - (shouting ? 1 / 3.0 : 0)))
            + (0.1 * (1 - share));
        return CheckCatalog.TitleCalm.Scored(score, Seen(loud, emoji, shouting), CalmFix(loud, emoji, shouting));
    }

    private static string CalmFix(List<string> loud, int emoji, bool shouting)
    {
        string[] parts =
        [
            loud.Count > 1 ? "write the words in ordinary case" : "",
            emoji > 1 ? "keep one emoji" : "",
            shouting ? "keep one ! or ?" : "",
        ];
        var todo = string.Join(", ", parts.Where(part => part.Length > 0));
        return todo.Length == 0 ? "" : char.ToUpperInvariant(todo[0]) + todo[1..] + ".";
    }

    private static string Seen(List<string> loud, int emoji, bool shouting)
    {
        string[] parts =
        [
            loud.Count == 0 ? "" : Text($"{loud.Count} {(loud.Count == 1 ? "word" : "words")} in capitals{Listed(loud)}"),
            emoji == 0 ? "" : Text($"{emoji} emoji"),
            shouting ? "repeated ! or ?" : "",
        ];
        var seen = string.Join(", ", parts.Where(part => part.Length > 0));
        return seen.Length == 0 ? "No words in capitals, no emoji." : seen + ".";
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
        // The channel's name stands beside the title: what it says is said.
        var channel = source.Tokens(source.Input.ChannelTitle ?? "").Select(token => token.Folded).ToHashSet(StringComparer.Ordinal);
        var content = PromisedWords.Of(source, title, tokens);
        var untold = content.Where(token => !channel.Contains(token.Folded) && !PromisedWords.IsTold(source, token)).ToList();
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
        var tagged = untold.Where(token => PromisedWords.IsTagged(source, token)).ToList();
        // Day and form are never missing; where the text says them, they are taken up like the rest.
        compared += tokens.Except(content).Count(token => !token.IsStop && PromisedWords.IsTold(source, token));
        var share = compared == 0 ? 1 : 1 - ((double)untold.Count / compared);
        var claims = ClaimsOf(title).Where(claim => !rest.Lower.Contains(claim, StringComparison.Ordinal)).ToList();
        var evidence = new List<string>();
        if (untold.Count == 0)
        {
            evidence.Add(
                unread > 0
                    ? "Every word of the title that can be compared is taken up by description or speech."
                    : "Description or speech take up what the title says."
            );
        }
        else if (forms.Count < HardlyAWord)
        {
            evidence.Add("The description holds hardly a word about the video.");
        }

        // The title's copy in the description is blanked: it takes nothing up.
        var apart = source.HasPastedTitle ? ", apart from its copy of the title" : "";
        if (untold.Count > 0 && apart.Length > 0)
        {
            evidence.Add("The description repeats the title; a copy explains nothing.");
        }

        var where = source.Input.Transcript is null ? "the description" : "description or speech";
        Tell($"In no sentence of {where}{apart}: ", untold.Except(tagged));
        Tell($"Only among tags or hashtags, in no sentence{apart}: ", tagged);
        if (claims.Count > 0)
        {
            evidence.Add($"Unsupported claim: {string.Join(", ", claims.Take(4))}.");
        }

        return CheckCatalog.TitlePromise.Scored(
            share - (0.25 * claims.Count),
            string.Join(' ', evidence),
            claims.Count > 0 && untold.Count == 0
                    ? $"Say in the description what makes {Quoted(claims)} true, or take the claim out of the title."
                : Runs(title, untold) is { Count: > 0 and <= MostNamed } runs
                    ? $"Say something on {Quoted(runs)} in a sentence of the description, in these words or others."
                : "Say in a sentence of the description what the title says, in its words or others of the same meaning."
        );

        void Tell(string opening, IEnumerable<Token> words)
        {
            var shown = Runs(title, words);
            if (shown.Count > 0)
            {
                evidence.Add($"{opening}{string.Join(", ", shown)}.");
            }
        }
    }

    private static List<string> Runs(string title, IEnumerable<Token> words) =>
        [.. PromisedWords.Joined(title, [.. words]).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostShown)];

    private static string Quoted(IEnumerable<string> words) => string.Join(", ", words.Take(3).Select(word => $"“{word.Trim()}”"));

    private static IEnumerable<string> ClaimsOf(string title)
    {
        var lower = title.ToLowerInvariant();
        return Promises.Concat(FirstPersonClaims).Where(claim => lower.Contains(claim, StringComparison.Ordinal));
    }
}

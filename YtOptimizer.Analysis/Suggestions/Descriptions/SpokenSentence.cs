using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>A spoken sentence as it can be written: without the small words it leans on what was said before with.</summary>
internal static class SpokenSentence
{
    private const int MostTurns = 3;

    /// <summary>Null when nothing is left, or when the rest speaks of the video's course ("as I said").</summary>
    /// <param name="mayAsk">Whether it may ask for something, too ("… that you asked for in the comments").</param>
    public static string? Standing(string spoken, DiscourseWords words, string language, bool mayAsk = false)
    {
        var text = WithoutLead(TextCleaner.ReplaceAngleBrackets(TextCleaner.Tidy(spoken)), language);
        for (var k = 0; k < MostTurns && text.Length > 0; k++)
        {
            var form = words.Form(text);
            // "Number one, yellow wood glue": the announcement is a clause of its own.
            var open = words.Begins(form, DiscourseKind.Open);
            var turn =
                open > 0 && After(text, open, words) is [',' or '、' or '،' or ':', ..] ? open : words.Begins(form, DiscourseKind.Turn);
            if (turn == 0)
            {
                break;
            }

            var rest = After(text, turn, words).TrimStart(',', '、', '،', ';', ' ', '-', '–');
            if (rest.Length == 0 || rest.Length == text.Length)
            {
                return null;
            }

            text = WithoutLead(rest, language);
        }

        var whole = words.Form(text);
        return
            text.Length == 0
            || words.Begins(whole, DiscourseKind.Greet) > 0
            || words.Find(whole, DiscourseKind.Bye) is not null
            || (!mayAsk && words.Find(whole, DiscourseKind.Ask) is not null)
            ? null
            : Casing.Capitalize(text, language);
    }

    // "Um, eleven hives", "And the bees".
    private static string WithoutLead(string text, string language)
    {
        var roles = WordRoles.For(language);
        for (var k = 0; k < MostTurns; k++)
        {
            var end = 0;
            while (end < text.Length && char.IsLetter(text[end]))
            {
                end++;
            }

            if (end == 0 || end == text.Length || !roles.Lead.Contains(Folding.Fold(text[..end])))
            {
                break;
            }

            text = text[end..].TrimStart(',', ' ', '…', '-', '–');
        }

        return text;
    }

    // The part behind so many characters of the compared form.
    private static string After(string text, int length, DiscourseWords words)
    {
        for (var i = 1; i <= text.Length && i <= length * 3; i++)
        {
            if (words.Form(text[..i]).Length >= length && (i == text.Length || !char.IsLetterOrDigit(text[i])))
            {
                return text[i..];
            }
        }

        return "";
    }
}

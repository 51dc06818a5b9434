using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Speech;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>A spoken sentence as it can be written: without the small words it leans on what was said before with.</summary>
internal static class SpokenSentence
{
    private const int MostTurns = 3;

    /// <summary>Null when nothing is left, or when the rest speaks of the video's course ("as I said").</summary>
    public static string? Standing(string spoken, DiscourseWords words, string language)
    {
        var text = TextCleaner.ReplaceAngleBrackets(TextCleaner.Tidy(spoken));
        for (var k = 0; k < MostTurns && text.Length > 0; k++)
        {
            var turn = words.Begins(words.Form(text), DiscourseKind.Turn);
            if (turn == 0)
            {
                break;
            }

            var rest = After(text, turn, words).TrimStart(',', '、', '،', ';', ' ', '-', '–');
            if (rest.Length == 0 || rest.Length == text.Length)
            {
                return null;
            }

            text = rest;
        }

        return text.Length == 0 || words.Begins(words.Form(text), DiscourseKind.Greet) > 0 ? null : Casing.Capitalize(text, language);
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

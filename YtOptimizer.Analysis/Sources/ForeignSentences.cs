using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Sources;

/// <summary>Sentences in another language than the video's: translations, and what a channel says about itself for the world.</summary>
internal static class ForeignSentences
{
    // Fewer words may happen to hold no function word.
    private const int FewestWords = 8;

    /// <summary>Whether a sentence is written in a script that the title has nothing of, or without any function word of the video's
    /// language.</summary>
    public static bool Contains(Source source, string sentence)
    {
        var tokens = source.Tokens(sentence);
        var script = tokens
            .Where(token => token.Script != Script.Number)
            .GroupBy(token => Writing(token.Script), token => token.Length)
            .OrderByDescending(group => group.Sum())
            .ThenBy(group => group.Key)
            .Select(group => (Script?)group.Key)
            .FirstOrDefault();
        if (script is null)
        {
            return false;
        }

        var title = source.Tokens(source.SafeTitle).Where(token => token.Script != Script.Number).ToList();
        return title.Count > 0 && !title.Exists(token => Writing(token.Script) == script)
            || tokens.Count >= FewestWords
                && !tokens[0].IsUnspaced
                && !tokens.Exists(token => token.IsStop)
                && source.Text.DescriptionTokens.Exists(token => token.IsStop);
    }

    private static Script Writing(Script script) => script is Script.Kana or Script.Katakana ? Script.Han : script;
}

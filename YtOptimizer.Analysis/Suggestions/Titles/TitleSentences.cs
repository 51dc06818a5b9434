using System.Buffers;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>Sentences of the creator that can stand as a title: whole, about the subject, and not spoken to the viewer.</summary>
internal sealed class TitleSentences(Source source)
{
    private const int Most = 4;
    private const int Widest = 75;
    private static readonly SearchValues<char> Markers = SearchValues.Create("`_[]{}|►▶→•");

    // Words that lean on what was said before, or talk to the viewer.
    private static readonly HashSet<string> Leaning = new(StringComparer.Ordinal)
    {
        "it", "its", "this", "that", "these", "those", "he", "she", "they", "his", "her", "their", "we", "our", "i", "i'm", "im", "my", "you", "your", "here", "hi", "hey", "hello", "welcome", "thanks", "thank", "subscribe", "follow", "click", "watch", "please", "don", "today", "let", "and", "but", "so", "or", "ok", "well",
        "ich", "wir", "mein", "unser", "es", "er", "sie", "dies", "diese", "dieser", "das", "hallo", "hier", "abonniert", "und", "aber", "yo", "mi", "nosotros", "este", "esta", "esto", "hola", "suscríbete", "suscribete", "aquí", "y", "pero", "eu", "meu", "minha", "nós", "isso", "olá", "oi", "hoje", "ou", "hoy", "inscreva", "espero", "obrigada", "obrigado", "aqui", "e", "mas",
        "je", "nous", "mon", "notre", "il", "elle", "ce", "cette", "salut", "bonjour", "abonne", "abonnez", "et", "mais", "io", "noi", "questo", "questa", "ciao", "iscriviti", "я", "мы", "он", "она", "они", "это", "этот", "эта", "мой", "наш", "всем", "привет", "подпишись", "подписывайтесь", "подписывайся", "хочешь", "хотите", "а", "но", "bu", "ben", "biz", "abone", "merhaba", "xin", "chào",
    };

    public IEnumerable<(string Text, bool Question)> Find()
    {
        var taken = 0;
        foreach (var text in new[] { source.SafeDescription, source.SafeTranscript })
        {
            var flowing = Sentences.Unwrap(text);
            foreach (var range in Sentences.Split(flowing).Take(16))
            {
                var sentence = TextCleaner.Tidy(flowing[range]);
                if (taken < Most && Fits(sentence) && Sentences.IsWhole(flowing, range) && Clause(sentence) is { } clause)
                {
                    taken++;
                    yield return (clause, sentence[^1] is '?' or '？' or '؟');
                }
            }
        }
    }

    private bool Fits(string sentence) =>
        Graphemes.DisplayWidth(sentence) is >= 20 and <= 180 && Markup.Find(sentence).Count == 0 && !DescriptionLines.IsCredit(sentence) && !LooksGlued(sentence)
        && !sentence.Contains("**", StringComparison.Ordinal) && sentence.AsSpan().IndexOfAny(Markers) < 0 && !sentence.Contains(": ", StringComparison.Ordinal) && !LeansOnContext(sentence);

    private bool LeansOnContext(string sentence) => Leans(sentence) || source.Tokens(sentence).Count(token => !token.IsStop) < 2;

    /// <summary>Whether the first word refers to something said before, or speaks to the viewer.</summary>
    public static bool Leans(string sentence) => Leaning.Contains(Folding.Fold(sentence).Split(' ')[0]);

    // The main clause: up to the first comma or dash when that leaves enough.
    private static string? Clause(string sentence)
    {
        var text = sentence.TrimEnd('.', '。', ' ', '…', '!', '！', ':', '：', ';');
        if (Graphemes.DisplayWidth(text) <= Widest)
        {
            return text;
        }

        foreach (var mark in new[] { " — ", " – ", " - ", "; ", "、", "，" })
        {
            var at = text.IndexOf(mark, StringComparison.Ordinal);
            if (at > 0 && Graphemes.DisplayWidth(text[..at]) is >= 25 and <= Widest)
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
}

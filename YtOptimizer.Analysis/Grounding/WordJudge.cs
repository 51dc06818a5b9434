using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>What a word of a suggestion is, measured by the video's own texts.</summary>
internal enum WordStanding
{
    /// <summary>Articles, pronouns: says nothing by itself.</summary>
    Function,

    /// <summary>Stands in the source, in this form or another.</summary>
    Supported,

    /// <summary>A general term of the kind of video ("tutorial", "receta").</summary>
    General,

    /// <summary>An everyday word that the source lacks.</summary>
    Everyday,

    /// <summary>Looks like a name and the source lacks it.</summary>
    Name,

    /// <summary>A word of another language than the video's.</summary>
    Foreign,

    /// <summary>Neither in the source nor known as everyday.</summary>
    Unknown,

    /// <summary>Holds digits; the rules for numbers decide.</summary>
    Number,
}

/// <summary>Judges the words of suggestions for one video. Not thread-safe.</summary>
internal sealed class WordJudge
{
    private const int ShortestPiece = 2;

    private readonly Source source;
    private readonly SourceIndex index;
    private readonly string language;
    private readonly FactWords facts;
    private readonly FactWords english;
    private readonly CommonWords common;
    private readonly CommonWords commonEnglish;
    private readonly WordSet wide;
    private readonly StopWords ownStops;

    public WordJudge(Source source, SourceIndex index)
    {
        this.source = source;
        this.index = index;
        language = source.Language.Code;
        facts = FactWords.For(language);
        english = FactWords.For("en");
        common = CommonWords.For(language);
        commonEnglish = CommonWords.For("en");
        wide = WordSet.Wide(language);
        ownStops = source.StopWords;
    }

    /// <summary>The standing of every token; <paramref name="isTitleCase"/> tells whether capitals mean nothing here.</summary>
    public WordStanding[] Judge(string text, List<Token> tokens, bool isTitleCase)
    {
        var result = new WordStanding[tokens.Count];
        for (var i = 0; i < tokens.Count; i++)
        {
            result[i] = Judge(tokens[i], isTitleCase, begins: i == 0 || tokens[i].Before >= Gap.Break);
            if (result[i] == WordStanding.Unknown && IsNativeWord(tokens, i))
            {
                result[i] = WordStanding.Everyday;
            }
        }

        // General terms of several words ("hip hop", "paso a paso").
        foreach (var hit in facts.Find(FactKind.General, tokens).Concat(english.Find(FactKind.General, tokens)))
        {
            for (var i = hit.First; i < hit.First + hit.Count; i++)
            {
                result[i] = result[i] is WordStanding.Function or WordStanding.Supported ? result[i] : WordStanding.General;
            }
        }

        return result;
    }

    /// <summary>Whether most words begin with a capital, so that capitals do not mark names. German nouns always do.</summary>
    public bool IsTitleCase(IReadOnlyList<Token> tokens)
    {
        if (language == "de")
        {
            return true;
        }

        var inside = tokens
            .Where(
                (token, i) =>
                    i > 0
                    && token.Before < Gap.Break
                    && !token.IsStop
                    && token.Length >= 3
                    && !token.Has(TokenFlags.Digits)
                    && token.Script is Script.Latin or Script.Other
            )
            .ToList();
        var plain = inside.Count(token => !token.Has(TokenFlags.Capitalized) && !(index.Supports(token) && token.Length < 3));
        return plain * 3 < inside.Count;
    }

    // Japanese verbs and adjectives are one Han character and an ending in Kana ("考える"); Korean ones end in 다, 요, 까. Neither names anybody.
    private bool IsNativeWord(List<Token> tokens, int at) =>
        language switch
        {
            "ja" => tokens[at].Folded.Any(c => c is >= '\u3041' and <= '\u309F')
                || tokens[at] is { Script: Script.Han, Length: 1 }
                    && (
                        (at + 1 < tokens.Count && tokens[at + 1] is { Script: Script.Kana, Before: Gap.None })
                        || tokens[at].Before == Gap.None
                    ),
            "ko" => tokens[at].Length == 1
                || tokens[at].Folded[^1]
                    is '다'
                        or '요'
                        or '까'
                        or '죠'
                        or '네'
                        or '게'
                        or '고'
                        or '서'
                        or '면'
                        or '며'
                        or '지'
                        or '던'
                        or '한'
                        or '할'
                        or '된'
                        or '된',
            _ => false,
        };

    private WordStanding Judge(Token token, bool isTitleCase, bool begins)
    {
        if (token.Has(TokenFlags.Digits))
        {
            return WordStanding.Number;
        }

        if (token.IsStop)
        {
            return WordStanding.Function;
        }

        if (index.Supports(token))
        {
            return WordStanding.Supported;
        }

        if (facts.Has(FactKind.General, token.Folded) || english.Has(FactKind.General, token.Folded))
        {
            return WordStanding.General;
        }

        if (token.IsUnspaced || token.Script == Script.Hangul)
        {
            return Glued(token);
        }

        // A rarer word with a capital may be a name, whatever else it means.
        var capital = token.Has(TokenFlags.Capitalized);
        var everyday = token.Folded.Split(' ').All(word => IsEveryday(word) || ((!capital || language == "de") && IsWide(word)));
        if (capital && !isTitleCase && !begins && !token.Has(TokenFlags.AllCaps))
        {
            return WordStanding.Name;
        }

        if (everyday)
        {
            return WordStanding.Everyday;
        }

        if (language != "en" && token.Script == Script.Latin && commonEnglish.HasWord(token.Folded))
        {
            return WordStanding.Foreign;
        }

        if (capital && language == "de" && GermanNouns.IsNoun(token.Folded, part => common.HasWord(part) || index.HasWord(part)))
        {
            return WordStanding.Everyday;
        }

        return capital ? WordStanding.Name : WordStanding.Unknown;
    }

    /// <summary>False for languages without a list of everyday words.</summary>
    public bool KnowsLanguage => common.IsKnown;

    /// <summary>A general term of videos, in the video's language or in English.</summary>
    public bool IsGeneral(string word) => facts.Has(FactKind.General, word) || english.Has(FactKind.General, word);

    /// <summary>The general terms that are written out, in the video's language and in English.</summary>
    public IEnumerable<string> GeneralWords => facts.Words(FactKind.General).Concat(english.Words(FactKind.General));

    /// <summary>An everyday English word.</summary>
    public bool IsEnglish(string word) => commonEnglish.HasWord(word);

    /// <summary>A number in words; the rules for numbers decide.</summary>
    public bool IsNumberWord(string word) => facts.SourceNumber(word) is not null;

    /// <summary>Whether the video's own language has the word, without the English that titles mix in.</summary>
    public bool IsOwn(string word) => common.HasWord(word);

    public bool IsEveryday(string word) =>
        common.Contains(word, source.Stemming.Stem(word))
        || ownStops.Contains(word)
        || (language is "ar" or "he" && Clitics.Without(word, language).Any(bare => common.Contains(bare, source.Stemming.Stem(bare))));

    // Known to the language, though not to everybody's speech: it names nobody.
    private bool IsWide(string word) =>
        wide.Contains(word)
        || (language is "tr" or "lt" or "ru" or "uk" && wide.HasStem(source.Stemming.Stem(word), language))
        || (language is "ar" or "he" && Clitics.Without(word, language).Any(wide.Contains));

    // Scripts without spaces, and Korean endings: the longest known pieces must cover the word.
    private WordStanding Glued(Token token)
    {
        var word = token.Folded;
        var everyday = false;
        for (var at = 0; at < word.Length; )
        {
            var length = Piece(word, at, out var fromSource);
            if (length == 0)
            {
                // An ending of one syllable or a particle may remain.
                if (token.Script == Script.Hangul && at >= ShortestPiece)
                {
                    everyday = true;
                    break;
                }

                return WordStanding.Unknown;
            }

            everyday |= !fromSource;
            at += length;
        }

        return everyday ? WordStanding.Everyday : WordStanding.Supported;
    }

    private int Piece(string word, int at, out bool fromSource)
    {
        for (var length = Math.Min(12, word.Length - at); length >= 1; length--)
        {
            var piece = word.Substring(at, length);
            fromSource = length >= ShortestPiece && index.Glued.Contains(piece, StringComparison.Ordinal);
            if (
                fromSource
                || (length >= ShortestPiece || IsKanaOrSingle(piece))
                    && (common.HasWord(piece) || facts.Has(FactKind.General, piece) || ownStops.Contains(piece))
            )
            {
                return length;
            }
        }

        fromSource = index.Glued.Contains(word[at]);
        return fromSource ? 1 : 0;
    }

    // A single Han character is a word in Chinese and a particle-like Kana in Japanese; a single Han character in Japanese is a piece of a
    // name.
    private bool IsKanaOrSingle(string piece) => language == "zh" ? piece[0] >= 0x3400 : piece[0] is >= '\u3040' and <= '\u309F';
}

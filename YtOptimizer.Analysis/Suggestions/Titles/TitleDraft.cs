using System.Buffers;
using YtOptimizer.Analysis.Sources;
using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Titles;

/// <summary>How a suggested title is made; each way is taken once or twice at most.</summary>
internal enum TitleApproach
{
    /// <summary>The present title without what is wrong with it.</summary>
    Repaired,

    /// <summary>A sentence of the description that says what happens.</summary>
    Sentence,

    /// <summary>A question the text asks.</summary>
    Question,

    /// <summary>"How to" and a verb phrase of the text.</summary>
    HowTo,

    /// <summary>The form of the kind: dish and "recipe", speaker and event, sides and result.</summary>
    KindForm,

    /// <summary>A search phrase of the creator's tags.</summary>
    Search,

    /// <summary>The topic and what the chapters or the list show.</summary>
    Contents,

    /// <summary>The present title with names it leaves out.</summary>
    Names,

    /// <summary>The parts of the present title, subject first.</summary>
    Reordered,

    /// <summary>The present title without what YouTube shows beside it.</summary>
    Shortened,

    /// <summary>A clause that says what the video explains.</summary>
    Explains,

    /// <summary>What somebody says in the description, in quotation marks, with their name.</summary>
    Quote,

    /// <summary>The present title with a date, album or number that the description states.</summary>
    Detail,
}

/// <param name="Text">The title.</param>
/// <param name="Approach">How it is made.</param>
/// <param name="Better">What it does better than the present title, for people.</param>
/// <param name="Base">0–1, how good titles of this way are on the whole.</param>
/// <param name="Added">Template words, not the creator's.</param>
internal sealed record TitleDraft(string Text, TitleApproach Approach, string Better, double Base, string Added = "");

/// <summary>Form of titles: names in their own letter case, whole marks, the language's capitals.</summary>
internal sealed class TitleShape(Source source)
{
    /// <summary>Marks of lists, code and addresses: a clause with one of them is no plain sentence.</summary>
    public static readonly SearchValues<char> Foreign = SearchValues.Create("`*_|\"[]{}\\");

    /// <summary>Columns of the widest title that is suggested.</summary>
    public const int Widest = 92;

    private const int Narrowest = 12;
    private const string Opening = "([{（【「『《“«‘";
    private const string Closing = ")]}）】」』》”»’";

    private readonly string code = source.Language.Code;
    private readonly Lazy<bool> titled = new(() => TitleCased(source));
    private readonly Lazy<Dictionary<string, string>> forms = new(() => Forms(source));

    /// <summary>Whether the channel writes this title with large initials, as English titles often are.</summary>
    public bool IsTitleCased => titled.Value;

    /// <summary>Names written as the creator or their owner writes them; other words stay as they are.</summary>
    public string Recased(string text)
    {
        var output = new System.Text.StringBuilder(text);
        var tokens = source.Tokens(text);
        for (var i = tokens.Count - 1; i >= 0; i--)
        {
            var token = tokens[i];
            var surface = text.Substring(token.Start, token.Length);
            var form = Brands.Form(token.Folded) ?? forms.Value.GetValueOrDefault(token.Folded);
            if (form is not null && form.Length == surface.Length && !surface.Any(char.IsUpper))
            {
                output.Remove(token.Start, token.Length).Insert(token.Start, form);
            }
        }

        return output.ToString();
    }

    /// <summary>Large initials where the present title has them (English only); elsewhere the text stays as it is.</summary>
    public string Cased(string text)
    {
        if (code != "en" || !IsTitleCased)
        {
            return text;
        }

        var output = text.ToCharArray();
        var tokens = source.Tokens(text);
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            var small = Casing.IsSmallWord(token.Folded);
            if (
                (!small || i == 0)
                && char.IsLower(output[token.Start])
                && Brands.Form(token.Folded) is null
                && !text.AsSpan(token.Start + 1, token.Length - 1).ContainsAnyInRange('A', 'Z')
                && (i == 0 || token.Before != Gap.Joint || text[token.Start - 1] == '-')
            )
            {
                output[token.Start] = char.ToUpperInvariant(output[token.Start]);
            }
        }

        return new string(output);
    }

    /// <summary>The text as a title, null where it cannot be one.</summary>
    public string? Finish(string text, int widest = Widest)
    {
        var tidy = TextCleaner
            .Tidy(TextCleaner.ReplaceAngleBrackets(text))
            .Trim(' ', ',', ';', ':', '-', '–', '—', '|', '/', '·', '\u3000', '、', '，', '：', '"')
            .TrimEnd('.', '。', '।', '!', '！', '…', ' ')
            .Replace(".”", "”", StringComparison.Ordinal)
            .Replace(".\"", "\"", StringComparison.Ordinal);
        if (
            tidy.Length == 0
            || Graphemes.DisplayWidth(tidy) < Narrowest
            || Graphemes.DisplayWidth(tidy) > widest
            || tidy.Length > Limits.Title
            || !IsBalanced(tidy)
            || tidy.Contains("...", StringComparison.Ordinal)
            || tidy.Contains('…', StringComparison.Ordinal)
        )
        {
            return null;
        }

        var first = source.Tokens(tidy) is [var token, ..] ? token : default;
        var isBrand =
            first.Length > 0
            && Brands.Form(first.Folded) is { } brand
            && tidy.AsSpan(first.Start).StartsWith(brand, StringComparison.Ordinal);
        // "#!/usr/bin" is no word with a small letter.
        var isPath = first.Start > 0 && tidy.AsSpan(0, first.Start).ContainsAny('/', '#', '@');
        return isBrand || isPath ? tidy : Casing.Capitalize(tidy, code);
    }

    private static bool IsBalanced(string text)
    {
        var depth = new Stack<char>();
        foreach (var c in text)
        {
            if (c == '“' && depth.Count > 0 && depth.Peek() == c)
            {
                depth.Pop();
            }
            else if (c == '„')
            {
                depth.Push('“');
            }
            else if (Opening.Contains(c, StringComparison.Ordinal) && c != '‘')
            {
                depth.Push(Closing[Opening.IndexOf(c, StringComparison.Ordinal)]);
            }
            else if (Closing.Contains(c, StringComparison.Ordinal) && c != '’' && !Closes(depth, c))
            {
                return false;
            }
        }

        return depth.Count == 0 && text.Count(c => c == '"') % 2 == 0 && text.Count(c => c == '„') <= text.Count(c => c is '“' or '”');
    }

    // Polish and others close „ with ”.
    private static bool Closes(Stack<char> depth, char mark) =>
        depth.Count > 0 && depth.Pop() is var wanted && (wanted == mark || wanted == '“' && mark == '”');

    private static bool TitleCased(Source source)
    {
        var words = source
            .Tokens(source.SafeTitle)
            .Where(token => token.Script == Script.Latin && token.Length > 3 && !token.IsStop)
            .ToList();
        return words.Count >= 2 && words.Count(token => token.Has(TokenFlags.Capitalized)) * 10 >= words.Count * 8;
    }

    // Words that the description or a title in sentence case writes with a capital in mid-sentence.
    private static Dictionary<string, string> Forms(Source source)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var small = source
            .Text.DescriptionTokens.Concat(source.Text.TitleTokens)
            .Where(token => !token.Has(TokenFlags.Capitalized) && !token.Has(TokenFlags.AllCaps))
            .Select(token => token.Folded)
            .ToHashSet(StringComparer.Ordinal);
        void Collect(string text, IEnumerable<Token> tokens)
        {
            foreach (var token in tokens)
            {
                if (
                    token.Before is Gap.Space or Gap.Joint
                    && !token.Has(TokenFlags.AllCaps)
                    && !token.Has(TokenFlags.Hashtag)
                    && !token.IsStop
                    && !small.Contains(token.Folded)
                    && char.IsUpper(text[token.Start])
                )
                {
                    found.TryAdd(token.Folded, text.Substring(token.Start, token.Length));
                }
            }
        }

        Collect(source.SafeDescription, source.Text.DescriptionTokens.Take(400));
        if (!TitleCased(source))
        {
            Collect(source.SafeTitle, source.Text.TitleTokens);
        }

        return found;
    }
}

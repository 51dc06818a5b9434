namespace YtOptimizer.Analysis.Text;

/// <summary>What stands between a token and the one before it.</summary>
internal enum Gap : byte
{
    /// <summary>Nothing: two scripts touch (Japanese).</summary>
    None,

    /// <summary>A space.</summary>
    Space,

    /// <summary>Hyphen, apostrophe, ampersand: the words still form one phrase.</summary>
    Joint,

    /// <summary>Punctuation: another phrase begins.</summary>
    Break,

    /// <summary>End of sentence, line or a removed link.</summary>
    Line,
}

internal enum Script : byte
{
    Other,
    Latin,
    Number,
    Han,
    Kana,
    Katakana,
    Hangul,

    /// <summary>Thai, Lao, Khmer and Burmese: written without spaces.</summary>
    Thai,
}

/// <param name="Start">UTF-16 offset in the field.</param>
/// <param name="Folded">Matching form, see <see cref="Folding"/>.</param>
internal readonly record struct Token(int Start, int Length, string Folded, Script Script, Gap Before, TokenFlags Flags)
{
    public int End => Start + Length;

    public bool IsStop => (Flags & TokenFlags.Stop) != 0;

    public bool IsUnspaced => Script is Script.Han or Script.Kana or Script.Katakana or Script.Thai;

    public bool Has(TokenFlags flag) => (Flags & flag) != 0;
}

[Flags]
internal enum TokenFlags : ushort
{
    None = 0,
    Stop = 1,
    Capitalized = 2,
    AllCaps = 4,
    Digits = 8,
    Hashtag = 16,
    Quoted = 32,
    Bracketed = 64,
    AfterColon = 128,
    BeforeLink = 256,

    /// <summary>Split at a lower-to-upper change because the source lost its line breaks.</summary>
    Unglued = 512,
    AfterLink = 1024,
}

using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>The places of a long line at which another line began before the line breaks were lost.</summary>
internal sealed partial class GluedPlaces
{
    private const int LeastRule = 5;
    private const int LeastTail = 3;
    private const int LeastHead = 2;
    private const int ShortestTitle = 8;
    private const int LongTitle = 20;
    private const int LongestInBrackets = 20;
    private const int LongestQuote = 80;
    private const int LongestName = 5;
    private const string RuleSigns = "_-=*~+#▒━─—–▬═░█•·";
    private const string Closing = ")]”»】）」";
    private const string Opening = "\"“«([【「『¿¡‘";

    private static readonly string[] Domains = ["com", "net", "org", "tv", "ru", "ком", "ру", "рф"];

    private readonly string line;
    private readonly GluedWords words;
    private readonly SortedSet<int> places = [];
    private readonly HashSet<int> doubts = [];
    private int unsureAddresses;

    // Characters of names, addresses, hashtags and of the title, between which nothing is parted.
    private readonly bool[] whole;
    private readonly HashSet<int> addressEnds = [];
    private readonly HashSet<int> addressStarts = [];

    private GluedPlaces(string line, string title, GluedWords words, bool times)
    {
        this.line = line;
        this.words = words;
        whole = new bool[line.Length + 1];
        Titles(title);
        TitleHead(title);
        Marked();
        Addresses();
        Hashtags();
        Labels();
        Text();
        Runs();
        foreach (var at in ListMarks.Find(line, whole, addressStarts, labelDashes))
        {
            Begin(at);
        }

        SpacedLabels();
        Seams();
        foreach (var at in times ? TimeMarks.Find(line, whole) : [])
        {
            HasTimes |= at < line.Length && char.IsAsciiDigit(line[at]);
            Begin(at);
        }
    }

    /// <summary>Where lines begin, in order.</summary>
    public IReadOnlyCollection<int> Places => places;

    /// <summary>How many of them were glued to what stands before.</summary>
    public int Mended => places.Count(at => !char.IsWhiteSpace(line[at - 1]));

    /// <summary>Places that look as if a line break was lost there, too, and are left.</summary>
    public int Left => unsureAddresses + doubts.Count(at => !places.Contains(at));

    /// <summary>Whether lines begin with a time.</summary>
    public bool HasTimes { get; }

    /// <param name="times">Whether times may begin lines.</param>
    public static GluedPlaces Find(string line, string title, GluedWords words, bool times = true) => new(line, title, words, times);

    private void Begin(int at)
    {
        if (at > 0 && at < line.Length && !whole[at] && !IsInsideName(at))
        {
            places.Add(at);
        }
    }

    // The title as it stands, wherever it was pasted.
    private void Titles(string title)
    {
        if (title.Length < ShortestTitle)
        {
            return;
        }

        for (
            var at = line.IndexOf(title, StringComparison.OrdinalIgnoreCase);
            at >= 0;
            at = line.IndexOf(title, at + title.Length, StringComparison.OrdinalIgnoreCase)
        )
        {
            var end = at + title.Length;
            if (end < line.Length && !char.IsWhiteSpace(line[end]) && MayBegin(end) && (at == 0 || EndsBefore(at)))
            {
                places.Add(end);
            }

            if (EndsBefore(at) || (end - at >= LongTitle && IsGluedTitle(at, title)))
            {
                places.Add(at);
            }

            Array.Fill(whole, true, at + 1, title.Length - 1);
        }
    }

    // The first part of the title behind a hashtag or a word.
    private void TitleHead(string title)
    {
        var head = title.Split([" | ", " - ", " – "], StringSplitOptions.TrimEntries)[0];
        for (
            var at = head.Length < LongTitle ? -1 : line.IndexOf(head, StringComparison.Ordinal);
            at >= 0;
            at = line.IndexOf(head, at + head.Length, StringComparison.Ordinal)
        )
        {
            if (IsGluedTitle(at, head))
            {
                places.Add(at);
            }
        }
    }

    // "#LionThe title of the video"
    private bool IsGluedTitle(int at, string title) =>
        at > 0
        && (char.IsLower(line[at - 1]) || char.IsDigit(line[at - 1]))
        && char.IsUpper(line[at])
        && string.CompareOrdinal(line, at, title, 0, title.Length) == 0;

    private bool EndsBefore(int at) =>
        at > 0
        && (
            line[at - 1]
                is '.'
                    or '!'
                    or '?'
                    or '…'
                    or '。'
                    or '！'
                    or '？'
                    or ')'
                    or ']'
                    or '】'
                    or '」'
                    or '』'
                    or '）'
                    or '"'
                    or '”'
                    or '»'
                    or '♪'
            // The German closing mark is the English opening one.
            || (line[at - 1] == '“' && line.LastIndexOf('„', at - 1, Math.Min(at, LongestQuote)) >= 0)
        );

    private bool IsRule(int at) => at > 0 && line[at - 1] == '#';

    private void Text()
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (RuleLength(i) is var rule && IsRuleAt(i, rule))
            {
                i += Rule(i, rule);
                continue;
            }

            // Dots or dashes that lead to an address.
            if (rule >= LeastRule)
            {
                i += rule;
                continue;
            }

            if (i == 0 || whole[i] || places.Contains(i))
            {
                continue;
            }

            if (char.IsWhiteSpace(line[i - 1]))
            {
                if (i > 1 && line[i - 2] is '.' or '!' or '?' && LabelsAddress(i) && !GoesOnInCapitals(i))
                {
                    Begin(i);
                }

                continue;
            }

            var (begins, doubtful) = Judge(i);
            if (begins)
            {
                Begin(i);
            }
            else if (doubtful)
            {
                doubts.Add(i);
            }
        }
    }

    private (bool Begins, bool Doubtful) Judge(int at)
    {
        var (before, c) = (line[at - 1], line[at]);
        if (before is '.' or '!' or '?' or '…' or '؟' or '।')
        {
            var begins =
                (MayBegin(at) && char.IsUpper(c)) || (IsCaseless(c) && !Scripts.IsUnspaced(ScriptOf(c))) || c is '¿' or '¡' or '“' or '«';
            // "It begins!*** Now": a row of stars.
            var stars = c == '*' && before != '.' && at + 2 < line.Length && line[at + 1] == '*' && char.IsLetterOrDigit(line[at - 2]);
            return (stars || (begins && EndsGluedSentence(at)), begins && before != '.');
        }

        // "the lion.”“Lions” are"
        if (c == '“' && before == '”')
        {
            return (at > 1 && line[at - 2] is '.' or '!' or '?', false);
        }

        if (!char.IsUpper(c))
        {
            return (false, false);
        }

        if (before == ':')
        {
            return (at > 1 && char.IsLetter(line[at - 2]) && LabelsAddress(at), false);
        }

        var end = GluedWords.WordEnd(line, at);
        if (Closing.Contains(before, StringComparison.Ordinal))
        {
            return (!IsCount(at) && end - at >= LeastHead && !Opening.Contains(line[at], StringComparison.Ordinal), false);
        }

        return char.IsLower(before) || (char.IsUpper(before) && at + 1 < line.Length && char.IsLower(line[at + 1])) ? Inside(at, end)
            : char.IsDigit(before) ? BehindFigure(at, end)
            : (false, false);
    }

    // "7)Mix the dough" is one entry, "(part 2)Then" is not.
    private bool IsCount(int at)
    {
        var start = at - 1;
        while (start > 0 && char.IsDigit(line[start - 1]))
        {
            start--;
        }

        var before = line.AsSpan(Math.Max(0, start - LongestInBrackets), Math.Min(start, LongestInBrackets));
        return start < at - 1 && before.LastIndexOf('(') <= before.LastIndexOf(')');
    }

    private bool MayBegin(int at) => LineMarks.MayBegin(line, at);

    private static bool IsCaseless(char c) => char.IsLetter(c) && !char.IsLower(c) && !char.IsUpper(c);

    private static Script ScriptOf(char c) => Scripts.Of(new System.Text.Rune(c), Script.Other);
}

using YtOptimizer.Analysis.Text;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>The places of a long line at which another line began before the line breaks were lost.</summary>
internal sealed partial class GluedPlaces
{
    private const int LeastRule = 5;
    private const int LeastTail = 3;
    private const int LeastHead = 2;
    private const int ShortestTitle = 8;
    private const string RuleSigns = "_-=*~+#▒━─—–▬═░█•·";
    private const string Closing = ")]”»】）」";
    private const string Opening = "\"“«([【「『¿¡‘";

    private readonly string line;
    private readonly GluedWords words;
    private readonly SortedSet<int> places = [];

    // Characters of names, addresses, hashtags and of the title, between which nothing is parted.
    private readonly bool[] whole;
    private readonly HashSet<int> addressEnds = [];
    private readonly HashSet<int> addressStarts = [];

    private GluedPlaces(string line, string title, GluedWords words)
    {
        this.line = line;
        this.words = words;
        whole = new bool[line.Length + 1];
        Titles(title);
        Addresses();
        Hashtags();
        Text();
        foreach (var at in ListMarks.Find(line, whole, addressStarts))
        {
            Begin(at);
        }
    }

    /// <summary>Where lines begin, in order.</summary>
    public IReadOnlyCollection<int> Places => places;

    /// <summary>How many of them were glued to what stands before.</summary>
    public int Mended => places.Count(at => !char.IsWhiteSpace(line[at - 1]));

    /// <summary>Places that look as if a line break was lost there, too, and are left.</summary>
    public int Left { get; private set; }

    public static GluedPlaces Find(string line, string title, GluedWords words) => new(line, title, words);

    private void Begin(int at)
    {
        if (at > 0 && at < line.Length && !whole[at])
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

            if (EndsBefore(at))
            {
                places.Add(at);
            }

            Array.Fill(whole, true, at + 1, title.Length - 1);
        }
    }

    private bool EndsBefore(int at) => at > 0 && line[at - 1] is '.' or '!' or '?' or ')' or ']' or '】' or '"' or '”';

    private void Addresses()
    {
        foreach (var span in Markup.Find(line))
        {
            if (span.Kind is MarkupKind.Hashtag or MarkupKind.TimeStamp)
            {
                continue;
            }

            var (end, unsure) = (span.End, false);
            if (span.Kind == MarkupKind.Link)
            {
                (end, unsure) = AddressEnds.Find(line, span, words);
                Left += unsure ? 1 : 0;
                if (
                    span.Start > 0
                    && (char.IsLetterOrDigit(line[span.Start - 1]) || EndsBefore(span.Start) || addressEnds.Contains(span.Start))
                )
                {
                    Begin(span.Start);
                }
            }

            Array.Fill(whole, true, span.Start + 1, Math.Max(0, end - span.Start - 1));
            addressStarts.Add(span.Start);
            addressEnds.Add(end);
            if (!unsure)
            {
                Behind(end, span.Kind == MarkupKind.Mention, line[end - 1] == ']' || end < span.End);
            }
        }
    }

    // What follows an address: a line of its own, unless the sentence goes on.
    private void Behind(int end, bool isMention, bool certain)
    {
        var next = end;
        while (next < line.Length && char.IsWhiteSpace(line[next]))
        {
            next++;
        }

        if (next >= line.Length || (next == end && isMention))
        {
            return;
        }

        var begins =
            char.IsUpper(line[next])
            || line[next] == '#'
            || (next > end && line.AsSpan(next).StartsWith("http", StringComparison.OrdinalIgnoreCase))
            || (certain && next == end && (char.IsLetterOrDigit(line[next]) || IsRuleOrDash(next)))
            || (next == end && Opening.Contains(line[next], StringComparison.Ordinal) && line[next] is not ('(' or '"' or '['))
            || (IsCaseless(line[next]) && !IsParticle(next))
            || (LineMarks.BulletsAt(line, next) is var bullets and > 0 && next + bullets < line.Length)
            || (ListMarks.IsPicture(line, next) && HasTextBehind(next));
        if (begins && !(isMention && !certain && !GluedWords.BeginsPart(line, next) && GluedWords.LabelEnd(line, next) == 0))
        {
            Begin(next);
        }
    }

    // Not "[phone]-09".
    private bool IsRuleOrDash(int at) =>
        RuleSigns.Contains(line[at], StringComparison.Ordinal) && !(at + 1 < line.Length && char.IsDigit(line[at + 1]));

    private bool HasTextBehind(int at)
    {
        while (at < line.Length && !char.IsLetterOrDigit(line[at]))
        {
            at++;
        }

        return at < line.Length;
    }

    // "https://example.comから", "https://example.com에서": a particle belongs to the sentence of the link.
    private bool IsParticle(int at)
    {
        if (line[at] is >= '\u3040' and <= '\u309F')
        {
            return true;
        }

        var run = line[at..GluedWords.WordEnd(line, at)];
        return Array.Exists(WordForms.KoreanParticles, particle => run == particle);
    }

    private void Hashtags()
    {
        var hashtags = Markup
            .Find(line)
            .Where(span => span.Kind == MarkupKind.Hashtag && !whole[span.Start] && !IsRule(span.Start))
            .ToList();
        for (var i = 0; i < hashtags.Count; i++)
        {
            var span = hashtags[i];
            Array.Fill(whole, true, span.Start + 1, span.Length - 1);
            var glued = span.Start > 0 && (char.IsLetterOrDigit(line[span.Start - 1]) || EndsBefore(span.Start));
            var runs = i + 1 < hashtags.Count && hashtags[i + 1].Start - span.End <= 2;
            if (glued && (i == 0 || hashtags[i - 1].End != span.Start) && (runs || span.End >= line.Length - 2))
            {
                Begin(span.Start);
            }
        }
    }

    private bool IsRule(int at) => at > 0 && line[at - 1] == '#';

    private void Text()
    {
        for (var i = 1; i < line.Length; i++)
        {
            if (RuleLength(i) is var rule and >= LeastRule)
            {
                Begin(i);
                if (i + rule < line.Length)
                {
                    Begin(i + rule);
                }

                i += rule;
                continue;
            }

            if (whole[i] || places.Contains(i))
            {
                continue;
            }

            if (char.IsWhiteSpace(line[i - 1]))
            {
                if (i > 1 && line[i - 2] is '.' or '!' or '?' && LabelsAddress(i))
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
                Left++;
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
            return (begins && EndsGluedSentence(at), begins && before != '.');
        }

        if (!char.IsUpper(c))
        {
            return (false, false);
        }

        var end = GluedWords.WordEnd(line, at);
        if (Closing.Contains(before, StringComparison.Ordinal))
        {
            return (end - at >= LeastHead && !Opening.Contains(line[at], StringComparison.Ordinal), false);
        }

        return char.IsLower(before) || (char.IsUpper(before) && at + 1 < line.Length && char.IsLower(line[at + 1])) ? Inside(at, end)
            : char.IsDigit(before) ? BehindFigure(at, end)
            : (false, false);
    }

    private bool EndsGluedSentence(int at)
    {
        var end = at;
        while (end > 0 && line[end - 1] is '.' or '!' or '?' or '…' or '؟' or '।')
        {
            end--;
        }

        return at - end > 1 ? end > 0 && !char.IsWhiteSpace(line[end - 1]) : LineMarks.EndsSentence(line, at);
    }

    private bool MayBegin(int at) => LineMarks.MayBegin(line, at);

    private static bool IsCaseless(char c) => char.IsLetter(c) && !char.IsLower(c) && !char.IsUpper(c);

    private static Script ScriptOf(char c) => Scripts.Of(new System.Text.Rune(c), Script.Other);
}

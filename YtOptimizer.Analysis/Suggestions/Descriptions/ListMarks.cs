using System.Globalization;
using System.Text;
using YtOptimizer.Analysis.DescriptionText;

namespace YtOptimizer.Analysis.Suggestions.Descriptions;

/// <summary>Where the entries of a list begin that has lost its line breaks: bullets, pictures, dashes with a label, figures,
/// times.</summary>
internal static partial class ListMarks
{
    private const int FewestPictures = 2;
    private const int FewestDashes = 2;
    private const int FewestNumbers = 3;
    private const int MostFails = 4;
    private const int MostDigits = 2;
    private const int LongEntry = 25;
    private const string Pointing = "→⇒➡►▶👉⬇↓▼▽【☆★";

    /// <param name="whole">Characters in front of which nothing is parted.</param>
    /// <param name="addresses">Where links and addresses begin.</param>
    /// <param name="labelDashes">Dashes between a role and a name.</param>
    public static List<int> Find(string line, bool[] whole, HashSet<int> addresses, HashSet<int> labelDashes)
    {
        var found = new List<int>();
        Pictures(line, whole, addresses, found);
        Dashes(line, whole, addresses, labelDashes, found);
        Numbers(line, whole, found);
        Guillemets(line, whole, found);
        Dates(line, whole, found);
        Stars(line, whole, addresses, found);
        return found;
    }

    /// <summary>Whether a picture ("🎵", "✱") stands at an offset.</summary>
    public static bool IsPicture(string line, int at) =>
        Rune.TryGetRuneAt(line, at, out var rune)
        && (Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol || rune.Value is '✱' or '•' or '◎')
        && rune.Value is not ('®' or '©' or '™' or '°');

    // Of each picture, either nearly all head a line or none does.
    private static void Pictures(string line, bool[] whole, HashSet<int> addresses, List<int> found)
    {
        var seen = new Dictionary<string, (List<int> Heads, int Fails)>(StringComparer.Ordinal);
        for (var i = 1; i < line.Length; i++)
        {
            if (whole[i] || char.IsLowSurrogate(line[i]) || !IsPicture(line, i))
            {
                continue;
            }

            var end = EndOfPictures(line, i);
            var text = end;
            while (text < line.Length && char.IsWhiteSpace(line[text]))
            {
                text++;
            }

            var rune = Rune.GetRuneAt(line, i).ToString();
            if (addresses.Contains(text))
            {
                i = end - 1;
                continue;
            }

            // "Tools:• a pencil;• a lid": nothing but a bullet is glued so.
            var listed =
                rune is "•" or "●" or "▪" or "■" or "►"
                && text < line.Length
                && char.IsLower(line[text])
                && (!char.IsWhiteSpace(line[i - 1]) || (i > 1 && line[i - 2] == ';'));
            var heads = listed || (text < line.Length && IsHead(line, text));
            var (list, fails) = seen.GetValueOrDefault(rune, ([], 0));
            if (heads)
            {
                list.Add(i);
            }

            seen[rune] = (list, heads ? fails : fails + 1);
            i = end - 1;
        }

        foreach (var (picture, (heads, fails)) in seen)
        {
            var isBullet = PassageCutter.IsBulletSign(picture, 0) && !Pointing.Contains(picture, StringComparison.Ordinal);
            // A smile behind a sentence is glued to it as a bullet is to the line before; a bullet is glued to other things, too.
            var glued = heads.Count(at => !char.IsWhiteSpace(line[at - 1]) && line[at - 1] is not ('!' or '.' or '?'));
            if (isBullet || (fails * MostFails <= heads.Count && heads.Count >= FewestPictures && glued > 0))
            {
                found.AddRange(heads);
            }
        }
    }

    private static int EndOfPictures(string line, int at)
    {
        var i = at;
        while (i < line.Length)
        {
            if (IsPicture(line, i))
            {
                i += char.IsHighSurrogate(line[i]) ? 2 : 1;
            }
            else if (LineMarks.IsInner(line, i))
            {
                i += char.IsHighSurrogate(line[i]) ? 2 : 1;
            }
            else
            {
                break;
            }
        }

        return i;
    }

    private static bool MayHead(char c) => (char.IsLetterOrDigit(c) && !char.IsLower(c)) || c is 'h' or '@';

    // Small letters begin an entry only as a label ("► producer : Ann Lee").
    private static bool IsHead(string line, int at) =>
        line[at] == '@' || (char.IsLetterOrDigit(line[at]) && (!char.IsLower(line[at]) || GluedWords.LabelEnd(line, at) > 0));

    // ":- Snapchat: …1- Twitter: …": a dash glued to what stands before, and a label or a link behind it.
    private static void Dashes(string line, bool[] whole, HashSet<int> addresses, HashSet<int> labelDashes, List<int> found)
    {
        foreach (var sign in "-–—*•·+")
        {
            var (entries, glued, spaced, between) = (new List<int>(), new List<int>(), new List<int>(), new List<int>());
            for (var at = line.Length > 1 ? line.IndexOf(sign, 1) : -1; at > 0 && at + 2 < line.Length; at = line.IndexOf(sign, at + 1))
            {
                var text = line[at + 1] == ' ' ? at + 2 : at + 1;
                if (
                    whole[at]
                    || labelDashes.Contains(at)
                    || text >= line.Length
                    || line[at - 1] == sign
                    // "Google+: …"
                    || (sign == '+' && line[at + 1] == ':')
                    || line[at + 1] == sign
                    || !MayHead(line[text])
                )
                {
                    continue;
                }

                if (char.IsWhiteSpace(line[at - 1]) && sign != '*')
                {
                    // Between two words it is a dash.
                    if (at > 1 && line[at - 2] is '.' or '!' or '?' or ';' or ':')
                    {
                        spaced.Add(at);
                    }
                    else if (line[at + 1] == ' ' && char.IsUpper(line[text]))
                    {
                        between.Add(at);
                    }
                }
                else if (!char.IsWhiteSpace(line[at - 1]) && (line[at + 1] == ' ' || !char.IsLetterOrDigit(line[at - 1])))
                {
                    // "Lion Music- https://…": the name of the link.
                    if (addresses.Contains(text) ? !IsNamed(line, at) : GluedWords.LabelEnd(line, text) > 0)
                    {
                        entries.Add(at);
                    }
                    else if (line[at + 1] == ' ' && char.IsUpper(line[text]) && !char.IsDigit(line[at - 1]))
                    {
                        glued.Add(at);
                    }
                }
            }

            // "… of it. - Mix the dough. - Bake it.": after so many sentences a dash is a bullet.
            if (glued.Count < FewestNumbers && glued.Count + spaced.Count >= FewestNumbers && spaced.TrueForAll(at => line[at + 1] == ' '))
            {
                found.AddRange(glued.Concat(spaced));
            }

            // "… of troops- Battle with players …- Join …": so often nobody leaves out the space.
            if (glued.Count >= FewestNumbers)
            {
                var sure = glued.Concat(spaced.Where(at => at > glued[0] && line[at + 1] == ' ')).Order().ToList();
                found.AddRange(sure);
                // Entries of many words among them; "Song - Artist" is shorter.
                found.AddRange(between.Where(at => at > glued[0] && IsFar(at, sure) && IsFar(at, between)));
            }

            if (entries.Count >= FewestDashes)
            {
                found.AddRange(entries);
            }
        }
    }

    private static bool IsFar(int at, List<int> others) => others.TrueForAll(other => other == at || Math.Abs(other - at) >= LongEntry);

    private static bool IsNamed(string line, int at) => char.IsLetterOrDigit(line[at - 1]) || line[at - 1] == ':';

    private static bool IsTime(string line, int at) => line[at - 1] == ':' && at > 1 && char.IsDigit(line[at - 2]);

    // "1. One2. Two3. Three"
    private static void Numbers(string line, bool[] whole, List<int> found)
    {
        var entries = new List<int>();
        var (glued, headed) = (0, 0);
        for (var i = 0; i + 2 < line.Length; i++)
        {
            if (
                whole[i]
                || !char.IsAsciiDigit(line[i])
                || (i > 0 && (char.IsDigit(line[i - 1]) || line[i - 1] is '.' or ',' or '/' or '-' || IsTime(line, i)))
            )
            {
                continue;
            }

            var end = i;
            var value = 0;
            while (end < line.Length && char.IsAsciiDigit(line[end]) && end - i < 3)
            {
                value = (value * 10) + (line[end++] - '0');
            }

            var text = end + 1;
            if (end < line.Length && line[end] is '.' or ')' && text < line.Length && (line[text] == ' ' || char.IsLetter(line[text])))
            {
                if (value == entries.Count + 1)
                {
                    entries.Add(i);
                    glued += i > 0 && !char.IsWhiteSpace(line[i - 1]) ? 1 : 0;
                    headed +=
                        line[text] == ' ' && text + 1 < line.Length && IsHead(line, text + 1) && !char.IsDigit(line[text + 1]) ? 1 : 0;
                }
            }

            i = end - 1;
        }

        if (entries.Count >= FewestNumbers && (glued >= entries.Count - 1 || (entries.Count > FewestNumbers && headed == entries.Count)))
        {
            found.AddRange(entries);
        }
    }
}

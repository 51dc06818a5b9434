using System.Reflection;

namespace YtOptimizer.Analysis.Grounding;

/// <summary>Reads the embedded lists: one entry a line, <c>#</c> begins a comment line, <c>[name]</c> a section.</summary>
internal static class WordList
{
    /// <summary>Entries with the section they stand in ("" before the first); empty when there is no such list.</summary>
    public static IEnumerable<(string Section, string Entry)> Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("grounding." + name);
        if (stream is null)
        {
            yield break;
        }

        using var reader = new StreamReader(stream);
        var section = "";
        while (reader.ReadLine() is { } line)
        {
            var entry = line.Trim();
            if (entry.Length == 0 || entry[0] == '#')
            {
                continue;
            }

            if (entry[0] == '[' && entry[^1] == ']')
            {
                section = entry[1..^1];
            }
            else
            {
                yield return (section, entry);
            }
        }
    }
}

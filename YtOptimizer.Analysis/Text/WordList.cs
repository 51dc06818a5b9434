using System.Reflection;

namespace YtOptimizer.Analysis.Text;

/// <summary>Reads the embedded lists: one entry a line, <c>#</c> begins a comment line, <c>[name]</c> a section.</summary>
internal static class WordList
{
    /// <summary>The entries of one section, in their order.</summary>
    /// <exception cref="InvalidOperationException">There is no such section, or it is empty.</exception>
    public static IReadOnlyList<string> Section(string name, string section)
    {
        string[] entries = [.. Read(name).Where(line => line.Section == section).Select(line => line.Entry)];
        return entries.Length > 0 ? entries : throw new InvalidOperationException($"{name} has no section [{section}].");
    }

    /// <summary>Entries with the section they stand in ("" before the first); empty when there is no such list.</summary>
    public static IEnumerable<(string Section, string Entry)> Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("words." + name);
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

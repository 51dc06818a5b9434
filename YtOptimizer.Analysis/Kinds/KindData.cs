namespace YtOptimizer.Analysis.Kinds;

/// <summary>Reads the text files of this folder, which are embedded; lines that are empty or begin with # are left out.</summary>
internal static class KindData
{
    public static IEnumerable<string> Lines(string file)
    {
        using var stream = typeof(KindData).Assembly.GetManifestResourceStream("YtOptimizer.Analysis.Kinds." + file)
            ?? throw new InvalidOperationException($"The embedded file {file} is missing.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}

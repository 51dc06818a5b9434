using System.Collections.Frozen;

namespace YtOptimizer.Core.Accounts;

/// <summary>
/// The embedded list of the passwords that guessers try first: the 17,950 entries of at least 8 characters of zxcvbn's frequency
/// list (MIT, notice beside the file), compared without regard to case.
/// </summary>
public sealed class CommonPasswords
{
    private readonly Lazy<FrozenSet<string>> list = new(Load);

    public int Count => list.Value.Count;

    public bool Contains(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        return list.Value.Contains(password);
    }

    private static FrozenSet<string> Load()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")
            ?? throw new InvalidOperationException("The list of common passwords is not embedded in this build.");
        using var reader = new StreamReader(stream);
        var lines = new List<string>(18_000);
        while (reader.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return lines.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}

namespace YtOptimizer.Analysis.Channels;

/// <summary>The file cannot be read; says where, so that the creator can look there.</summary>
public sealed class StudioExportException : Exception
{
    public StudioExportException(string code, string message, int? line = null, string? column = null)
        : base(
            (line, column) switch
            {
                ({ } at, { } name) => $"Line {at}, column \"{name}\": {message}",
                ({ } at, null) => $"Line {at}: {message}",
                _ => message,
            }
        )
    {
        Code = code;
        Line = line;
        Column = column;
    }

    /// <summary>Stable, snake_case.</summary>
    public string Code { get; }

    /// <summary>Line of the file in which the record begins, from 1.</summary>
    public int? Line { get; }

    /// <summary>Header of the column as it stands in the file.</summary>
    public string? Column { get; }
}

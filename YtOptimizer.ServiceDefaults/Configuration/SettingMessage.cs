namespace YtOptimizer.ServiceDefaults.Configuration;

/// <summary>Words for a setting that is missing or wrong: which, why, and three ways to set it. Values are never part of it.</summary>
internal static class SettingMessage
{
    public const string MissingPrefix = "Missing required environment variable ";
    public const string InvalidPrefix = "Invalid environment variable ";

    public static string Missing(string key, string? why) => $"{MissingPrefix}{EnvironmentVariableMap.For(key)}{Because(why)}{HowTo(key)}";

    public static string Invalid(string key, string problem, string? why) =>
        $"{InvalidPrefix}{EnvironmentVariableMap.For(key)}: {problem.TrimEnd('.')}{Because(why)}{HowTo(key)}";

    public static bool Is(string text) =>
        text.StartsWith(MissingPrefix, StringComparison.Ordinal) || text.StartsWith(InvalidPrefix, StringComparison.Ordinal);

    private static string Because(string? why) => string.IsNullOrWhiteSpace(why) ? "." : $": {why.TrimEnd('.')}.";

    private static string HowTo(string key)
    {
        var name = EnvironmentVariableMap.For(key);
        var json = key.Split(':').Reverse().Aggregate("\"<value>\"", (inner, part) => $"{{ \"{part}\": {inner} }}");
        return $"""

              environment:       export {name}='<value>'
              user secrets:      dotnet user-secrets set {name} '<value>' --project <project folder>
              appsettings.json:  {json}
            """;
    }
}

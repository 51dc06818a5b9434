using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aspire.Hosting;

/// <summary>The part of <c>Properties/launchSettings.json</c> that matters here.</summary>
public sealed class LaunchSettings
{
    [JsonPropertyName("profiles")]
    public Dictionary<string, LaunchProfile> Profiles { get; set; } = new(StringComparer.Ordinal);

    private static readonly JsonSerializerOptions Options = new() { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The launch settings of a project, or null when it has none.</summary>
    /// <exception cref="DistributedApplicationException">The file is not valid JSON.</exception>
    internal static LaunchSettings? Of(string projectPath)
    {
        var path = Path.Combine(Path.GetDirectoryName(projectPath)!, "Properties", "launchSettings.json");
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var stream = File.OpenRead(path);
            return JsonSerializer.Deserialize<LaunchSettings>(stream, Options);
        }
        catch (JsonException exception)
        {
            throw new DistributedApplicationException($"{path} is not valid: {exception.Message}", exception);
        }
    }

    /// <summary>The profile of that name, else the first that runs the project.</summary>
    internal (string Name, LaunchProfile Profile)? Select(string? preferred)
    {
        if (preferred is not null && Profiles.TryGetValue(preferred, out var named))
        {
            return (preferred, named);
        }

        foreach (var (name, profile) in Profiles)
        {
            if (string.Equals(profile.CommandName, "Project", StringComparison.Ordinal))
            {
                return (name, profile);
            }
        }

        return null;
    }
}

public sealed class LaunchProfile
{
    [JsonPropertyName("commandName")]
    public string? CommandName { get; set; }

    [JsonPropertyName("commandLineArgs")]
    public string? CommandLineArgs { get; set; }

    [JsonPropertyName("applicationUrl")]
    public string? ApplicationUrl { get; set; }

    [JsonPropertyName("environmentVariables")]
    public Dictionary<string, string> EnvironmentVariables { get; set; } = new(StringComparer.Ordinal);
}

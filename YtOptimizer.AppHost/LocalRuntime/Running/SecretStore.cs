using System.Text.Json;
using YtOptimizer.AppHost.LocalRuntime.Servers;

namespace YtOptimizer.AppHost.LocalRuntime.Running;

/// <summary>Generated secrets in a file that only its owner can read.</summary>
internal sealed class SecretStore(string path)
{
    private readonly Lock _lock = new();

    /// <summary>The stored value, or a new one that is on disk before this returns.</summary>
    /// <exception cref="DistributedApplicationException">The file is not readable as JSON.</exception>
    public string GetOrAdd(string key, Func<string> create)
    {
        lock (_lock)
        {
            var secrets = Read();
            if (!secrets.TryGetValue(key, out var value))
            {
                secrets[key] = value = create();
                Write(secrets);
            }

            return value;
        }
    }

    private Dictionary<string, string> Read()
    {
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(path)) ?? []
                : [];
        }
        catch (JsonException exception)
        {
            throw new DistributedApplicationException($"The generated secrets in {path} cannot be read: restore the file, or delete the whole folder to start with an empty database.", exception);
        }
    }

    private void Write(Dictionary<string, string> secrets) => PrivateFile.Write(path, JsonSerializer.Serialize(secrets));
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using YtOptimizer.AppHost.LocalRuntime.Testing;

namespace YtOptimizer.AppHost.LocalRuntime.Running;

/// <summary>How the local runtime behaves on this machine.</summary>
internal sealed class RuntimeOptions
{
    private static readonly string[] KnownServers = ["external", "system", "package"];

    private SecretStore? _secrets;

    /// <summary>Folder of this application's databases, generated secrets and lock; kept between starts.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Delete <see cref="DataDirectory"/> at the end.</summary>
    public bool IsTemporary { get; init; }

    public bool RandomizePorts { get; init; }

    public bool DisableDashboard { get; init; }

    /// <summary>Where servers may come from (<c>YTO_SERVERS</c>): external, system, package, or null for the first that works.</summary>
    public string? Servers { get; init; }

    /// <summary>What a resource does when something that it waits for fails.</summary>
    public WaitBehavior WaitBehavior { get; init; }

    /// <summary>Time for a process to end by itself after SIGTERM; a worker gives its running jobs 20 s.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>Generated passwords and keys.</summary>
    public SecretStore Secrets => LazyInitializer.EnsureInitialized(ref _secrets, () =>
    {
        CreateDataDirectory();
        return new SecretStore(Path.Combine(DataDirectory, "secrets.json"));
    });

    public static RuntimeOptions From(IConfiguration configuration, string projectPath, TestingScope? testing, bool disableDashboard) => new()
    {
        DataDirectory = testing is null ? DataDirectoryOf(configuration["YTO_DATA_DIR"], projectPath) : TemporaryDirectory(),
        IsTemporary = testing is not null,
        RandomizePorts = testing is not null || configuration.GetValue("YTO_RANDOM_PORTS", defaultValue: false),
        DisableDashboard = disableDashboard || configuration.GetValue("YTO_NO_DASHBOARD", defaultValue: false),
        Servers = configuration["YTO_SERVERS"] is { Length: > 0 } servers ? servers.ToLowerInvariant() : null,
        WaitBehavior = testing is null ? WaitBehavior.WaitOnResourceUnavailable : WaitBehavior.StopOnResourceUnavailable,
    };

    /// <exception cref="DistributedApplicationException">A setting has a value that is not known.</exception>
    public void Validate()
    {
        if (Servers is not null && !KnownServers.Contains(Servers, StringComparer.Ordinal))
        {
            throw new DistributedApplicationException($"YTO_SERVERS is '{Servers}', but only external, system and package are known: set one of them, or unset it to take the first that works.");
        }
    }

    /// <exception cref="DistributedApplicationException">The folder cannot be made.</exception>
    public void CreateDataDirectory()
    {
        try
        {
            Directory.CreateDirectory(DataDirectory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"The data directory {DataDirectory} cannot be created ({exception.Message}): set YTO_DATA_DIR to a folder that you may write to.", exception);
        }
    }

    public void DeleteTemporaryData()
    {
        if (!IsTemporary)
        {
            return;
        }

        try
        {
            Directory.Delete(DataDirectory, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The system's own cleaning of temporary files takes it.
        }
    }

    private static string DataDirectoryOf(string? configured, string projectPath)
    {
        if (!string.IsNullOrWhiteSpace(configured))
        {
            return Path.GetFullPath(configured);
        }

        // The database server refuses to run as root and could not enter root's home.
        var root = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
            ? "/var/lib/ytoptimizer"
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "ytoptimizer");
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(projectPath)))[..10];
        return Path.Combine(root, key);
    }

    private static string TemporaryDirectory()
        => Path.Combine(Path.GetTempPath(), $"ytoptimizer-{RandomNumberGenerator.GetHexString(12, lowercase: true)}");
}

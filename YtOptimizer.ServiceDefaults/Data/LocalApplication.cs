using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace YtOptimizer.ServiceDefaults.Data;

/// <summary>
/// The application that runs on this machine from this checkout: where it keeps its data, and the settings with which a program beside it
/// reaches its servers. The AppHost writes them while it runs, readable by its user only; operators' verbs read them, so nobody has to know
/// an address or a password.
/// </summary>
/// <param name="ProcessId">The AppHost.</param>
/// <param name="StartedAt">When it started: the number alone may belong to another process by now.</param>
/// <param name="Settings">Configuration keys with their values.</param>
public sealed record LocalApplication(int ProcessId, DateTime StartedAt, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>Overrides the data folder.</summary>
    public const string DataVariable = "YTO_DATA_DIR";

    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);

    private const string FileName = "application.json";

    private const string AppHostFolder = "YtOptimizer.AppHost";

    /// <summary>The folder of a checkout's data: the one that is configured, else one per checkout, where the user's programs keep
    /// theirs.</summary>
    public static string DataDirectory(string? configured, string appHostDirectory)
    {
        if (!string.IsNullOrWhiteSpace(configured))
        {
            return Path.GetFullPath(configured);
        }

        // Database servers refuse to run as root, and their account could not enter root's home.
        var root =
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess
                ? "/var/lib/ytoptimizer"
                : Path.Combine(
                    Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
                    "ytoptimizer"
                );
        var key = Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(Path.Combine(Path.GetFullPath(appHostDirectory), AppHostFolder + ".csproj")))
        )[..10];
        return Path.Combine(root, key);
    }

    /// <summary>What runs now, or null. The checkout is the one that holds <paramref name="programFolder"/>.</summary>
    public static LocalApplication? Find(string? configured, string programFolder)
    {
        var checkout = new DirectoryInfo(programFolder);
        while (checkout is not null && !Directory.Exists(Path.Combine(checkout.FullName, AppHostFolder)))
        {
            checkout = checkout.Parent;
        }

        if (checkout is null && string.IsNullOrWhiteSpace(configured))
        {
            return null;
        }

        try
        {
            var file = Path.Combine(DataDirectory(configured, Path.Combine(checkout?.FullName ?? "", AppHostFolder)), FileName);
            return JsonSerializer.Deserialize<LocalApplication>(File.ReadAllBytes(file)) is { } found && found.IsRunning() ? found : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the settings of this process where <see cref="Find"/> looks.</summary>
    public static void Save(string dataDirectory, IReadOnlyDictionary<string, string> settings)
    {
        using var process = Process.GetCurrentProcess();
        var application = new LocalApplication(process.Id, process.StartTime.ToUniversalTime(), settings);
        Directory.CreateDirectory(dataDirectory);
        PrivateFile.Write(Path.Combine(dataDirectory, FileName), JsonSerializer.Serialize(application));
    }

    public static void Forget(string dataDirectory) => File.Delete(Path.Combine(dataDirectory, FileName));

    private bool IsRunning()
    {
        try
        {
            using var process = Process.GetProcessById(ProcessId);
            return !process.HasExited && (process.StartTime.ToUniversalTime() - StartedAt).Duration() < ClockTolerance;
        }
        catch (Exception exception)
            when (exception is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

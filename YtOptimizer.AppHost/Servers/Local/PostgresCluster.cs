using System.Globalization;
using YtOptimizer.ServiceDefaults.Data;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>A data folder of one major version, locked by this process while it is open.</summary>
internal sealed class PostgresCluster : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly LockFile _lock;

    private PostgresCluster(string home, UnixUser? user, LockFile held)
    {
        Home = home;
        User = user;
        _lock = held;
    }

    /// <summary>Holds the data, the password file and the lock.</summary>
    public string Home { get; }

    public UnixUser? User { get; }

    public string Data => Path.Combine(Home, "data");

    /// <summary>Readable by the owner only.</summary>
    public string PasswordFile => Path.Combine(Home, "password");

    public bool IsInitialized => File.Exists(Path.Combine(Data, "PG_VERSION"));

    public static string HomeOf(string dataDirectory, int major) => Path.Combine(dataDirectory, $"pg{major}");

    /// <summary>Opens the folder for one launcher at a time.</summary>
    /// <exception cref="ServerStartException">Another launcher has it open, or the folder belongs to somebody else.</exception>
    public static async Task<PostgresCluster> OpenAsync(string dataDirectory, int major, CancellationToken ct)
    {
        var home = HomeOf(dataDirectory, major);
        try
        {
            Directory.CreateDirectory(home);
            var held = LockFile.TryAcquire(Path.Combine(home, "lock"))
                ?? throw new ServerStartException($"Another application already runs the PostgreSQL of {home}. Stop that one first " +
                    $"(Ctrl-C where it runs, or aspire stop), or use another data folder (YTO_DATA_DIR).");
            return new PostgresCluster(home, await UnixUser.ForServerAsync(Path.Combine(home, "data"), ct), held);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ServerStartException($"Cannot write to {home}: {e.Message} It was probably made by another user (or by root). " +
                $"Start as that user, or delete the folder to begin with an empty database.", e);
        }
    }

    /// <summary>Runs initdb into a folder beside and moves it into place: a half-made cluster is never taken for a whole one.</summary>
    public async Task InitializeAsync(PostgresInstallation postgres, string password, CancellationToken ct)
    {
        if (password.Length == 0 || password.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            throw new ServerStartException("The PostgreSQL password must be one non-empty line. Set another one, or leave it to be " +
                "generated.");
        }

        var making = Path.Combine(Home, "making");
        DataFolder.Delete(making);
        Directory.CreateDirectory(making);
        var passwordFile = Path.Combine(making, "password");
        PrivateFile.Write(passwordFile, password + "\n");
        if (User is not null)
        {
            UnixNative.ChangeOwner(making, User);
            UnixNative.ChangeOwner(passwordFile, User);
        }

        var data = Path.Combine(making, "data");
        var (file, arguments) = await Setpriv.WrapAsync(
            User, null, postgres.Program("initdb"),
            ["-D", data, "-U", "postgres", "--auth=scram-sha-256", $"--pwfile={passwordFile}", "-E", "UTF8", .. Locale(postgres.Major),
                "--no-sync"]);
        var initdb = await Tool.RunAsync(file, arguments, Limit, ct, await Setpriv.IsHereAsync() ? null : User?.Name, making)
            ?? throw new ServerStartException($"initdb of {postgres.Description} cannot be started, or did not end within " +
                $"{Limit.TotalMinutes:0} minutes.");
        if (initdb.ExitCode != 0)
        {
            throw new ServerStartException($"initdb of {postgres.Description} failed with code {initdb.ExitCode}: " +
                $"{(initdb.Error + initdb.Output).Trim()}");
        }

        PrivateFile.Write(PasswordFile, password);
        if (Directory.Exists(Data))
        {
            // An empty folder, or one without PG_VERSION: not a cluster, but perhaps somebody's files.
            Directory.Delete(Data, recursive: false);
        }

        Directory.Move(data, Data);
        DataFolder.Delete(making);
    }

    /// <exception cref="ServerStartException">The data belongs to another version or has another password.</exception>
    public void Check(PostgresInstallation postgres, string password)
    {
        var version = File.ReadAllText(Path.Combine(Data, "PG_VERSION")).Trim();
        if (version != postgres.Major.ToString(CultureInfo.InvariantCulture))
        {
            throw new ServerStartException($"The data in {Data} was made by PostgreSQL {version}; {postgres.Description} cannot read it. " +
                $"Move it to {HomeOf(Path.GetDirectoryName(Home)!, 0)[..^1]}{version}/data and install that version, or delete the " +
                $"folder to begin with an empty database.");
        }

        if (SavedPassword() is { } saved && !string.Equals(saved, password, StringComparison.Ordinal))
        {
            throw new ServerStartException(
                $"The data in {Data} was created with another password than the configured one (Parameters:postgres-password). "
                + $"Configure the one in {PasswordFile} again, or remove the setting, or delete {Home} to begin with an empty database.");
        }
    }

    public string? SavedPassword() => File.Exists(PasswordFile) ? File.ReadAllText(PasswordFile).TrimEnd('\n') : null;

    public void Dispose() => _lock.Dispose();

    // The same sort order everywhere: the builtin provider where there is one, else the C library's C.UTF-8.
    private static string[] Locale(int major) => major >= 17
        ? ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        : [OperatingSystem.IsLinux() ? "--locale=C.UTF-8" : "--locale=C"];
}

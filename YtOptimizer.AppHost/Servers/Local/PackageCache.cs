namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>Where downloaded server packages are kept: one copy per user (per machine for root), shared by all checkouts.</summary>
internal static class PackageCache
{
    /// <summary>Overrides the folder.</summary>
    public const string Variable = "YTO_CACHE_DIR";

    /// <summary>Never below /root: servers run as another user and must be able to read it.</summary>
    public static string Folder
    {
        get
        {
            if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
            {
                return Path.GetFullPath(chosen);
            }

            if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
            {
                return "/var/cache/ytoptimizer";
            }

            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            var parent = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches")
                : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg ? xdg
                : Path.Combine(home, ".cache");
            return Path.Combine(home.Length == 0 && !Path.IsPathRooted(parent) ? Path.GetTempPath() : parent, "ytoptimizer");
        }
    }

    /// <summary>
    /// Fills <paramref name="name"/> once, however many processes ask: <paramref name="fill"/> works in a folder beside that is
    /// moved into place when it is whole.
    /// </summary>
    /// <exception cref="ServerStartException">The cache cannot be written.</exception>
    public static async Task<string> GetOrAddAsync(string cache, string name, Func<string, Task> fill, IProgress<string> progress, CancellationToken ct)
    {
        var target = Path.Combine(cache, name);
        if (Directory.Exists(target))
        {
            return target;
        }

        try
        {
            Directory.CreateDirectory(cache);
            using var held = await LockFile.AcquireAsync(target + ".lock", () => progress.Report($"Waiting for another process that downloads {name} …"), ct);
            if (Directory.Exists(target))
            {
                return target;
            }

            var making = target + ".making";
            DeleteFolder(making);
            Directory.CreateDirectory(making);
            try
            {
                await fill(making);
                Directory.Move(making, target);
            }
            finally
            {
                DeleteFolder(making);
            }

            return target;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new ServerStartException($"Cannot write {name} to the package cache {cache}: {e.Message} Make room or set {Variable} to a folder you can write.", e);
        }
    }

    private static void DeleteFolder(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>Where downloaded server packages are kept: one copy per user (per machine for root), shared by all checkouts.</summary>
internal static class PackageCache
{
    /// <summary>Overrides the folder.</summary>
    public const string Variable = "YTO_CACHE_DIR";

    /// <summary>Never below /root: servers run as another user and must be able to read it.</summary>
    public static string Folder =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen ? Path.GetFullPath(chosen)
        : !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess ? "/var/cache/ytoptimizer"
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
            Environment.SpecialFolderOption.DoNotVerify), "ytoptimizer", "packages");

    /// <summary>
    /// Fills <paramref name="name"/> once, however many processes ask: <paramref name="fill"/> works in a folder beside that is
    /// moved into place when it is whole.
    /// </summary>
    /// <exception cref="ServerStartException">The cache cannot be written.</exception>
    public static async Task<string> GetOrAddAsync(string cache, string name, Func<string, Task> fill, IProgress<string> progress,
        CancellationToken ct)
    {
        var target = Path.Combine(cache, name);
        if (Directory.Exists(target))
        {
            return target;
        }

        try
        {
            Directory.CreateDirectory(cache);
            using var held = await LockFile.AcquireAsync(target + ".lock", () => progress.Report($"Waiting for another process that " +
                $"downloads {name} …"), ct);
            if (Directory.Exists(target))
            {
                return target;
            }

            var making = target + ".making";
            DataFolder.Delete(making);
            Directory.CreateDirectory(making);
            try
            {
                await fill(making);
                Directory.Move(making, target);
            }
            finally
            {
                DataFolder.Delete(making);
            }

            return target;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new ServerStartException($"Cannot write {name} to the package cache {cache}: {e.Message} Make room or set {Variable} " +
                $"to a folder you can write.", e);
        }
    }
}

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>Makes a folder for data that the server's account can reach.</summary>
internal static class DataFolder
{
    /// <exception cref="ServerStartException">It cannot be made, or the account cannot enter it (below /root, say).</exception>
    public static async Task<string> PrepareAsync(string wanted, UnixUser? user, CancellationToken ct)
    {
        try
        {
            Directory.CreateDirectory(wanted);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new ServerStartException($"Cannot create the data folder {wanted}: {e.Message} Set YTO_DATA_DIR to a folder that you " +
                $"may write to.", e);
        }

        return user is null || await user.CanReachAsync(wanted, ct) ? Path.GetFullPath(wanted)
            : throw new ServerStartException($"User {user.Name}, as which servers run when started by root, cannot enter {wanted}. Set " +
                $"YTO_DATA_DIR to a folder that every user can enter, or start as an ordinary user.");
    }

    public static void Delete(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}

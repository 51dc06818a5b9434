using System.Globalization;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>The account a server runs as when this process is root: PostgreSQL refuses root.</summary>
internal sealed record UnixUser(string Name, uint Id, uint GroupId)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    // The account database does not change while we run.
    private static readonly Lazy<Task<UnixUser?>> Default = new(async () =>
        await FindAsync("postgres", CancellationToken.None) ?? await FindAsync("nobody", CancellationToken.None));

    /// <summary>The account to step down to, or null when this process is not root (or runs on Windows). Files that are already there
    /// keep their owner: a user's data folder still opens under root.</summary>
    public static async Task<UnixUser?> ForServerAsync(string existing, CancellationToken ct)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
        {
            return null;
        }

        return await OwnerAsync(existing, ct)
            ?? await Default.Value.WaitAsync(ct)
            ?? throw new ServerStartException("Servers must not run as root and there is neither a user 'postgres' nor 'nobody'. Start " +
                "as an ordinary user, or create one: useradd --system postgres.");
    }

    /// <summary>True when this account can enter the folder, or read the file.</summary>
    public async Task<bool> CanReachAsync(string path, CancellationToken ct)
    {
        var (file, arguments) = await Setpriv.WrapAsync(this, null, "/bin/sh", ["-c", "test -r \"$1\" && { ! test -d \"$1\" || test -x " +
            "\"$1\"; }", "sh", path]);
        var result = await Tool.RunAsync(file, arguments, Limit, ct, await Setpriv.IsHereAsync() ? null : Name);
        return result?.ExitCode == 0;
    }

    private static async Task<UnixUser?> FindAsync(string name, CancellationToken ct)
    {
        var user = await Tool.RunAsync("id", ["-u", name], Limit, ct);
        var group = await Tool.RunAsync("id", ["-g", name], Limit, ct);
        return user is { ExitCode: 0 } && group is { ExitCode: 0 }
            && uint.TryParse(user.Output.Trim(), CultureInfo.InvariantCulture, out var id)
            && uint.TryParse(group.Output.Trim(), CultureInfo.InvariantCulture, out var groupId)
            ? new UnixUser(name, id, groupId)
            : null;
    }

    private static async Task<UnixUser?> OwnerAsync(string path, CancellationToken ct)
    {
        if (!Directory.Exists(path))
        {
            return null;
        }

        // drwx------ 19 101 104 4096 … : numeric owner and group, the same on Linux and macOS.
        var listing = await Tool.RunAsync("ls", ["-nd", path], Limit, ct);
        var columns = listing?.Output.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (columns.Length < 4
            || !uint.TryParse(columns[2], CultureInfo.InvariantCulture, out var id)
            || !uint.TryParse(columns[3], CultureInfo.InvariantCulture, out var groupId)
            || id == 0)
        {
            return null;
        }

        var name = await Tool.RunAsync("id", ["-un", columns[2]], Limit, ct);
        return new UnixUser(name is { ExitCode: 0 } ? name.Output.Trim() : columns[2], id, groupId);
    }
}

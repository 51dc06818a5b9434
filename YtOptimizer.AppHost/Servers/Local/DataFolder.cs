using System.Security.Cryptography;
using System.Text;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>Finds a place for data that the server's account can reach.</summary>
internal static class DataFolder
{
    /// <summary>
    /// The wanted folder, or, when this process is root and the server's account cannot enter it (below /root, say),
    /// one below /var/lib that belongs to the wanted path.
    /// </summary>
    public static async Task<string> PrepareAsync(string wanted, UnixUser? user, Action<string> log, CancellationToken ct)
    {
        wanted = Path.GetFullPath(wanted);
        try
        {
            Directory.CreateDirectory(wanted);
            if (user is null || await user.CanReachAsync(wanted, ct))
            {
                return wanted;
            }

            var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wanted)))[..12];
            var other = Path.Combine("/var/lib/ytoptimizer", $"{Path.GetFileName(wanted)}-{key}");
            Directory.CreateDirectory(other);
            if (!await user.CanReachAsync(other, ct))
            {
                throw new ServerStartException($"User {user.Name}, as which servers run when started by root, can enter neither {wanted} nor {other}. Use a data folder that every user can enter, or start as an ordinary user.");
            }

            log($"User {user.Name} cannot enter {wanted}; the data is in {other}.");
            return other;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new ServerStartException($"Cannot create the data folder {wanted}: {e.Message} Set YTO_DATA_DIR to a folder that you may write to.", e);
        }
    }
}

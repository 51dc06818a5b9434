using System.Globalization;
using System.Text;
using System.Text.Json;
using YtOptimizer.ServiceDefaults.Data;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>
/// The configuration file of a private cache server, readable by its account only: the password must not appear among the arguments.
/// The cache is not kept, for it can be rebuilt; a server that cannot save would refuse to end and refuse to write.
/// </summary>
internal static class RedisConfiguration
{
    /// <summary>For Redis and Valkey.</summary>
    /// <returns>Path of the file.</returns>
    public static string Write(string folder, UnixUser? user, int port, string password)
    {
        var work = Directory.CreateDirectory(Path.Combine(folder, "work")).FullName;
        var file = Path.Combine(folder, "redis.conf");
        PrivateFile.Write(file, string.Create(CultureInfo.InvariantCulture, $"""
            port {port}
            bind 127.0.0.1
            protected-mode yes
            requirepass {Quote(password)}
            dir {Quote(work)}
            save ""
            appendonly no
            maxmemory 256mb
            maxmemory-policy allkeys-lru
            daemonize no

            """));
        if (user is not null)
        {
            UnixNative.ChangeOwner(work, user);
            UnixNative.ChangeOwner(file, user);
        }

        return file;
    }

    /// <summary>For Garnet: a storage device without native library, scripts allowed, and less than its default of 16 GB.</summary>
    /// <returns>Path of the file.</returns>
    public static string WriteGarnet(string folder, int port, string password)
    {
        var work = Directory.CreateDirectory(Path.Combine(folder, "work")).FullName;
        var file = Path.Combine(folder, "garnet.json");
        PrivateFile.Write(file, JsonSerializer.Serialize(new
        {
            Port = port,
            Address = "127.0.0.1",
            AuthenticationMode = "Password",
            Password = password,
            EnableLua = true,
            DeviceType = "RandomAccess",
            MemorySize = "128m",
            PageSize = "4m",
            IndexSize = "16m",
            CheckpointDir = work,
        }));
        return file;
    }

    private static string Quote(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (var octet in Encoding.UTF8.GetBytes(value))
        {
            quoted.Append(octet is >= 0x20 and < 0x7f and not (byte)'"' and not (byte)'\\'
                ? ((char)octet).ToString()
                : string.Create(CultureInfo.InvariantCulture, $"\\x{octet:x2}"));
        }

        return quoted.Append('"').ToString();
    }
}

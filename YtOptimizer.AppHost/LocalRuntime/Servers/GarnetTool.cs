using System.Text.Json;

namespace YtOptimizer.AppHost.LocalRuntime.Servers;

/// <summary>
/// Garnet, Microsoft's Redis-compatible server, from the .NET tool package <c>garnet-server</c> (MIT). The .NET SDK fetches it
/// from the package sources that the machine has configured.
/// </summary>
internal static class GarnetTool
{
    public const string Version = "2.2.8";

    // NuGet's hash of the package content, without the signature that a source may add.
    private const string ContentHash = "0k148/62A0+edaY5XE9rptaxpTyot8tcASwwjjbh9o0NXdKIBKqwhYCspEmmh5BiSR9Tz4nfWLvqMRIx3TD51Q==";
    private const string Dll = "GarnetServer.dll";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <exception cref="ServerStartException">The package cannot be had.</exception>
    public static async Task<RedisInstallation> GetAsync(string cache, IProgress<string> progress, CancellationToken ct)
    {
        var folder = await PackageCache.GetOrAddAsync(cache, $"garnet-server-{Version}", making => FillAsync(making, progress, ct), progress, ct);
        return new RedisInstallation(Path.Combine(folder, Dll), $"Garnet {Version} in {folder}", IsGarnet: true);
    }

    /// <summary>Compares what NuGet noted about the package that it unpacked with the hash pinned here.</summary>
    /// <exception cref="ServerStartException">It is another package.</exception>
    public static void CheckContent(string metadata)
    {
        using var document = JsonDocument.Parse(metadata);
        var got = document.RootElement.GetProperty("contentHash").GetString();
        if (!string.Equals(got, ContentHash, StringComparison.Ordinal))
        {
            throw new ServerStartException($"garnet-server {Version}: the content hash is {got} instead of {ContentHash}; the package source serves something else under that name");
        }
    }

    // Keeps the program files only: the package holds everything twice.
    private static async Task FillAsync(string folder, IProgress<string> progress, CancellationToken ct)
    {
        progress.Report($"Downloading garnet-server {Version} (116 MB) with the .NET SDK …");
        var tool = Path.Combine(folder, "tool");
        var result = await Tool.RunAsync(DotNet.Program, ["tool", "install", "garnet-server", "--version", Version, "--tool-path", tool], Limit, ct)
            ?? throw new ServerStartException($"garnet-server {Version}: '{DotNet.Program} tool install' cannot be started or did not end within {Limit.TotalMinutes:0} minutes");
        if (result.ExitCode != 0)
        {
            throw new ServerStartException($"garnet-server {Version}: dotnet tool install fails: {(result.Error + result.Output).Trim()}");
        }

        var metadata = Directory.GetFiles(tool, ".nupkg.metadata", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }).Single();
        CheckContent(await File.ReadAllTextAsync(metadata, ct));
        var program = Path.Combine(Path.GetDirectoryName(metadata)!, "tools", "net10.0", "any");
        foreach (var entry in new DirectoryInfo(program).EnumerateFileSystemInfos())
        {
            // "portable" is a second copy of the program.
            if (entry is DirectoryInfo { Name: not "portable" } child)
            {
                child.MoveTo(Path.Combine(folder, child.Name));
            }
            else if (entry is FileInfo file)
            {
                file.MoveTo(Path.Combine(folder, file.Name));
            }
        }

        Directory.Delete(tool, recursive: true);
    }
}

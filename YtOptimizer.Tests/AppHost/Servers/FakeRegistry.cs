using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using YtOptimizer.AppHost.Servers.Local;

namespace YtOptimizer.Tests.AppHost.Servers;

/// <summary>A package registry on loopback that serves one tarball, well or badly.</summary>
internal sealed class FakeRegistry : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _downloads;

    private FakeRegistry(WebApplication app) => _app = app;

    public int Downloads => _downloads;

    /// <summary>What the requests for the tarball carried as authorization.</summary>
    public string? Authorization { get; private set; }

    public NpmConfig Npm =>
        NpmConfig.Load(
            "@embedded-postgres",
            name => string.Equals(name, "npm_config_registry", StringComparison.Ordinal) ? _app.Urls.First() + "/npm" : null,
            []
        );

    /// <param name="serve">Answers the n-th request for the tarball, n from 1.</param>
    public static async Task<FakeRegistry> StartAsync(Func<int, HttpContext, Task> serve)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var registry = new FakeRegistry(app);
        app.Run(async context =>
        {
            var path = context.Request.Path.Value!;
            if (path.EndsWith(".tgz", StringComparison.Ordinal))
            {
                registry.Authorization = context.Request.Headers.Authorization;
                await serve(Interlocked.Increment(ref registry._downloads), context);
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            }
        });
        await app.StartAsync(ServerScratch.Token);
        return registry;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    public static string Sha512(byte[] bytes) => Convert.ToBase64String(SHA512.HashData(bytes));

    /// <summary>An npm-like tarball of text files.</summary>
    public static byte[] Tarball(params TarEntry[] entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(zip, TarEntryFormat.Pax))
        {
            foreach (var entry in entries)
            {
                tar.WriteEntry(entry);
            }
        }

        return bytes.ToArray();
    }

    public static TarEntry TextFile(string name, string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite) =>
        new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)), Mode = mode };
}

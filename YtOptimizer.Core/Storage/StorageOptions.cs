using System.ComponentModel.DataAnnotations;

namespace YtOptimizer.Core.Storage;

/// <summary>Section <c>Storage</c>; environment names <c>STORAGE_DIRECTORY</c>, <c>MAX_UPLOAD_SIZE</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Where files are kept; every instance must reach the same directory. Empty: in the database, which every instance
    /// reaches.</summary>
    public string? Directory { get; set; }

    /// <summary>Largest accepted upload in bytes; 200 MiB.</summary>
    [Range(1, long.MaxValue)]
    public long MaxUploadBytes { get; set; } = 200L * 1024 * 1024;
}

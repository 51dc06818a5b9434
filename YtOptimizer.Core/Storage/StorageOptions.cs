using System.ComponentModel.DataAnnotations;

namespace YtOptimizer.Core.Storage;

/// <summary>Section <c>Storage</c>; environment names <c>STORAGE_DIRECTORY</c>, <c>MAX_UPLOAD_SIZE</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary>Where files are kept. Instances on several machines need a shared volume here.</summary>
    [Required]
    public string Directory { get; set; } = Path.Combine(".local", "storage");

    /// <summary>Largest accepted upload in bytes; 200 MiB.</summary>
    [Range(1, long.MaxValue)]
    public long MaxUploadBytes { get; set; } = 200L * 1024 * 1024;
}

namespace YtOptimizer.ServiceDefaults.Data;

/// <summary>Files that only their owner may read.</summary>
public static class PrivateFile
{
    /// <summary>Replaces the file in one step; on Windows the user's profile folder protects it.</summary>
    public static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var fresh = path + ".new";
        File.Delete(fresh);
        using (var writer = new StreamWriter(fresh, options))
        {
            writer.Write(text);
        }

        File.Move(fresh, path, overwrite: true);
    }
}

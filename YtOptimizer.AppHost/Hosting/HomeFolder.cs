namespace YtOptimizer.AppHost.Hosting;

/// <summary>The orchestrator keeps its sockets and state in the user's home; where it cannot, it waits without a word.</summary>
internal static class HomeFolder
{
    /// <exception cref="DistributedApplicationException">The home cannot be written.</exception>
    public static void RequireWritable()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        try
        {
            var probe = Directory.CreateDirectory(Path.Combine(home.Length == 0 ? throw new IOException("There is none.") : home, ".aspire",
                Path.GetRandomFileName()));
            probe.Delete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"Aspire's orchestrator cannot write to the home folder '{home}' " +
                $"({exception.Message}): set HOME to a folder that you may write to.", exception);
        }
    }
}

namespace YtOptimizer.Tests.Support;

/// <summary>Paths inside the checkout.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "YtOptimizer.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName
            ?? throw new InvalidOperationException("Tests run inside the checkout: no YtOptimizer.sln above " + AppContext.BaseDirectory);
    }
}

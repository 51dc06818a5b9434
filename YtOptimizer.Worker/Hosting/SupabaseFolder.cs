using System.CommandLine;

namespace YtOptimizer.Worker.Hosting;

/// <summary>Where <c>supabase/</c> is: named by an option, in the checkout this program was built in, or beside the program.</summary>
internal static class SupabaseFolder
{
    public static Option<DirectoryInfo?> CreateOption() =>
        new("--dir")
        {
            Description = "The supabase folder, which holds migrations/. Default: that of the checkout, else the copy beside the program.",
        };

    public static string Find(DirectoryInfo? named) => named?.FullName ?? Checkout() ?? Path.Combine(AppContext.BaseDirectory, "supabase");

    private static string? Checkout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "YtOptimizer.sln")))
            {
                return Path.Combine(folder.FullName, "supabase");
            }
        }

        return null;
    }
}

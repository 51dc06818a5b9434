namespace YtOptimizer.AppHost.LocalRuntime.Servers;

/// <summary>The <c>dotnet</c> host that runs us.</summary>
internal static class DotNet
{
    private static readonly string Name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    /// <summary>Full path, or just the name where only PATH can know.</summary>
    public static string Program { get; } = Find();

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host && File.Exists(host))
        {
            return host;
        }

        if (Path.GetFileName(Environment.ProcessPath) is { } own && own.Equals(Name, StringComparison.OrdinalIgnoreCase))
        {
            return Environment.ProcessPath!;
        }

        // …/dotnet/shared/Microsoft.NETCore.App/10.0.x/ holds the runtime that we run on.
        var root = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", Name));
        return File.Exists(root) ? root : Name;
    }
}

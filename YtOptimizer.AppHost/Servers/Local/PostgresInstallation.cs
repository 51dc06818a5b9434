namespace YtOptimizer.AppHost.Servers.Local;

/// <summary>A folder with usable PostgreSQL binaries.</summary>
/// <param name="BinDirectory">Holds <c>postgres</c> and <c>initdb</c>.</param>
/// <param name="Major">Data folders belong to one major version.</param>
/// <param name="Version">In full, for messages.</param>
internal sealed record PostgresInstallation(string BinDirectory, int Major, string Version)
{
    public string Description => $"PostgreSQL {Version} in {BinDirectory}";

    public string Program(string name) => Path.Combine(BinDirectory, OperatingSystem.IsWindows() ? name + ".exe" : name);
}

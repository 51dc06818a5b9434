namespace YtOptimizer.AppHost.LocalRuntime.Servers;

internal sealed class PostgresPackage
{
    public const int Major = 18;
        public static Task<PostgresInstallation> GetAsync(IProgress<string> progress, CancellationToken ct) => throw new ServerStartException("not yet");
}

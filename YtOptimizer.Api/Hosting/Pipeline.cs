namespace YtOptimizer.Api.Hosting;

internal static class Pipeline
{
    /// <summary>Middleware in the order in which a request meets it.</summary>
    public static WebApplication UsePipeline(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        return app;
    }
}

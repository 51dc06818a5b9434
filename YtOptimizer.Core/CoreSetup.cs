using Microsoft.Extensions.Hosting;
using YtOptimizer.Core.BulkAnalysis;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Jobs;
using YtOptimizer.Core.Protection;
using YtOptimizer.Core.Upstreams.Http;
using YtOptimizer.Core.VideoAnalysis;

namespace YtOptimizer.Core;

/// <summary>What Api and Worker share. The data source itself comes from the host (service defaults).</summary>
public static class CoreSetup
{
    public static IHostApplicationBuilder AddCore(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddDb();
        builder.Services.AddDatabaseWatch();
        builder.Services.AddOutboundHttp();
        builder.Services.AddSecurityRecords();
        builder.AddAnalysis();
        builder.Services.AddJobs();
        builder.Services.AddBulk();
        return builder;
    }
}

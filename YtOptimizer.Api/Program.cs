using YtOptimizer.Api.Features;
using YtOptimizer.Api.Hosting.Setup;
using YtOptimizer.Api.Mcp;
using YtOptimizer.Api.Realtime;
using YtOptimizer.Core;
using YtOptimizer.ServiceDefaults.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddCore();
builder.AddHosting();
builder.AddFeatures();
builder.AddRealtime();
builder.AddMcp();

var app = builder.Build();
app.UsePipeline();
app.MapFeatures();
app.MapRealtime();
app.MapMcpTools();
app.MapDefaultEndpoints();
await app.RunOrExplainAsync();

/// <summary>Entry point; public so that tests can host the application.</summary>
public partial class Program;

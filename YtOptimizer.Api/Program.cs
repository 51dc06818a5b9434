using YtOptimizer.Api.Features;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core;

var builder = WebApplication.CreateBuilder(args);
builder.AddCore();
builder.AddHosting();
builder.AddFeatures();

var app = builder.Build();
app.UsePipeline();
app.MapFeatures();
await app.RunAsync();

/// <summary>Entry point; public so that tests can host the application.</summary>
public partial class Program;

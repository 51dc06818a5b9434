using System.Diagnostics;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;
using YtOptimizer.Core;
using YtOptimizer.ServiceDefaults.Configuration;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Telemetry;

/// <summary>The trace of one analysis, from the request over the queue to the calls of the worker.</summary>
public sealed class JobTraceTests : IAsyncLifetime
{
    private readonly List<Activity> spans = [];
    private FakeUpstreams upstreams = null!;
    private OtlpReceiver receiver = null!;
    private ApiFixture api = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        upstreams = await FakeUpstreams.StartAsync(Ct);
        // Sources are of the process: the exporter of the API's host also gets what the worker in this process does.
        receiver = await OtlpReceiver.StartAsync(Ct);
        api = await ApiFixture.StartAsync(
            receiver.Settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value, StringComparer.Ordinal),
            services: services =>
                services.ConfigureOpenTelemetryTracerProvider((_, tracing) => tracing.AddSource("Npgsql").AddInMemoryExporter(spans))
        );
        // Its host listens from here on.
        using var client = api.Anonymous();
    }

    public async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        await upstreams.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Fact]
    public async Task Analysis_IsOneTraceFromTheRequestToTheModel()
    {
        await using var worker = await TestWorker.StartAsync(api.Database, null, null, Settings());
        var user = await api.CreateUserAsync();
        await api.Database.Db.ExecuteAsync("UPDATE user_subscriptions SET tier = 'pro' WHERE user_id = @Id", new { user.Id }, Ct);
        using var accepted = await user.Client.PostAsJsonAsync(
            "/api/v1/analyze/transcript",
            new
            {
                transcript = "Today I show you how to sharpen a kitchen knife with a whetstone. First you soak the stone in water. Then "
                    + "you find the angle and raise a burr.",
                configuration = new
                {
                    language = "english",
                    tone = "casual",
                    aiModel = "midjourney",
                },
            },
            Ct
        );
        var job = (await Tokens.JsonAsync(accepted)).GetProperty("jobId").GetGuid().ToString();
        var send = await Eventually.ValueAsync(
            () =>
                Task.FromResult(
                    Spans().FirstOrDefault(span => span.Kind == ActivityKind.Producer && Tag(span, "messaging.message.id") == job)
                ),
            "the submission is traced"
        );
        var process = await Eventually.ValueAsync(
            () =>
                Task.FromResult(
                    Spans().FirstOrDefault(span => span.Kind == ActivityKind.Consumer && Tag(span, "messaging.message.id") == job)
                ),
            "the attempt is traced"
        );
        var trace = Spans().Where(span => span.TraceId == send.TraceId).ToList();
        TestContext.Current.TestOutputHelper!.WriteLine(
            string.Join(
                '\n',
                trace.Select(span =>
                    $"{span.Kind} {span.DisplayName} < {trace.Find(other => other.SpanId == span.ParentSpanId)?.DisplayName}"
                )
            )
        );

        Assert.Equal(("send transcript", "process transcript"), (send.DisplayName, process.DisplayName));
        Assert.Equal(send.SpanId, process.ParentSpanId);
        Assert.Equal(ActivityKind.Server, trace.Single(span => span.SpanId == send.ParentSpanId).Kind);
        Assert.Equal(
            ("postgresql", "process", "transcript", "1", "completed"),
            (
                Tag(process, "messaging.system"),
                Tag(process, "messaging.operation.type"),
                Tag(process, "messaging.destination.name"),
                Tag(process, "job.attempt"),
                Tag(process, "job.outcome")
            )
        );
        Assert.Equal(send.SpanId, trace.Single(span => span.DisplayName == "wait transcript").ParentSpanId);
        foreach (var stage in (string[])["fetching", "analyzing", "suggestions", "checking", "save"])
        {
            Assert.Equal(process.SpanId, trace.Single(span => span.DisplayName == stage).ParentSpanId);
        }

        var chat = trace.First(span => Tag(span, "gen_ai.operation.name") == "chat");
        Assert.Equal(trace.Single(span => span.DisplayName == "suggestions").SpanId, chat.ParentSpanId);
        Assert.True(int.Parse(Tag(chat, "gen_ai.usage.input_tokens")!, System.Globalization.CultureInfo.InvariantCulture) > 0);
        Assert.Equal("openai", Tag(chat, "gen_ai.provider.name"));
        Assert.Contains(trace, span => span.Source.Name == "System.Net.Http" && span.ParentSpanId == chat.SpanId);
        Assert.Contains(trace, span =>
            span.Source.Name == "Npgsql" && span.ParentSpanId == trace.Single(other => other.DisplayName == "save").SpanId
        );
        Assert.DoesNotContain(Spans(), span => span.Kind == ActivityKind.Client && span.Parent is null && span.ParentSpanId == default);
    }

    [Fact]
    public async Task FailedAttempts_AreSpansOfTheSameTrace()
    {
        await using var worker = await TestWorker.StartAsync(
            api.Database,
            (job, _, _) =>
                job.Attempt < 2
                    ? throw new AnalysisException("upstream_error", "Busy.", isTransient: true)
                    : Task.FromResult(YtOptimizer.Worker.Handlers.JobResult.Nothing),
            null,
            ("Jobs:BackOffSeconds", "0.01")
        );
        await using var rig = new QueueRig(api.Database);
        using var source = new ActivitySource("YtOptimizer.Tests");
        using var request = source.StartActivity("request");
        var job = (await rig.EnqueueAsync(await rig.UserAsync())).ToString();
        var attempts = await Eventually.ValueAsync(
            () =>
                Task.FromResult(
                    Spans().Where(span => span.Kind == ActivityKind.Consumer && Tag(span, "messaging.message.id") == job).ToList()
                        is { Count: 2 } both
                        ? both
                        : null
                ),
            "both attempts are traced"
        );
        Assert.Equal(
            ["1 retried Error", "2 completed Unset"],
            attempts.Select(span => $"{Tag(span, "job.attempt")} {Tag(span, "job.outcome")} {span.Status}").Order()
        );
        Assert.Single(attempts.Select(span => span.TraceId).Distinct());
        Assert.Equal(request!.TraceId, attempts[0].TraceId);
    }

    /// <summary>By their keys: this worker has no plain names.</summary>
    private (string Key, string Value)[] Settings() =>
        [
            .. EnvironmentVariableMap
                .All.Where(name => upstreams.Settings.ContainsKey(name.Name))
                .Select(name => (name.Key, upstreams.Settings[name.Name]!)),
        ];

    private static string? Tag(Activity span, string name) => span.GetTagItem(name)?.ToString();

    private List<Activity> Spans()
    {
        // The exporter adds while we look.
        while (true)
        {
            try
            {
                return [.. spans.ToArray().Where(span => span is not null)];
            }
            catch (ArgumentException)
            {
                // It grew between counting and copying.
            }
        }
    }
}

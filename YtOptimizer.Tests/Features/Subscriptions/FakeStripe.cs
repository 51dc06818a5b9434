using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace YtOptimizer.Tests.Features.Subscriptions;

/// <summary>Stripe's API on a loopback port: what is posted is kept, subscriptions are answered as the test left them.</summary>
public sealed class FakeStripe : IAsyncDisposable
{
    private readonly WebApplication app;
    private int number;

    private FakeStripe(WebApplication app) => this.app = app;

    public string Address { get; private set; } = "";

    /// <summary>Every request: method and path, and its form.</summary>
    public List<(string Request, Dictionary<string, StringValues> Form)> Calls { get; } = [];

    public Dictionary<string, JsonObject> Subscriptions { get; } = new(StringComparer.Ordinal);

    /// <summary>Payment → invoice.</summary>
    public Dictionary<string, string> Invoices { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers 500 to everything.</summary>
    public bool IsDown { get; set; }

    public static async Task<FakeStripe> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stripe = new FakeStripe(builder.Build());
        stripe.app.Run(stripe.HandleAsync);
        await stripe.app.StartAsync();
        stripe.Address = stripe.app.Urls.First();
        return stripe;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>The forms that were posted to a path.</summary>
    public IReadOnlyList<Dictionary<string, StringValues>> Posted(string path)
    {
        lock (Calls)
        {
            return [.. Calls.Where(call => call.Request == "POST " + path).Select(call => call.Form)];
        }
    }

    private async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var form = context.Request.HasFormContentType
            ? (await context.Request.ReadFormAsync()).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal)
            : [];
        lock (Calls)
        {
            Calls.Add(($"{context.Request.Method} {path}", form));
        }

        var answer = IsDown ? null : Answer(context.Request, path, form);
        context.Response.StatusCode = answer is null ? 500 : 200;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(
            (answer ?? new JsonObject { ["error"] = new JsonObject { ["type"] = "api_error" } }).ToJsonString()
        );
    }

    private JsonObject? Answer(HttpRequest request, string path, Dictionary<string, StringValues> form)
    {
        var next = Interlocked.Increment(ref number);
        if (path.StartsWith("/v1/subscriptions/", StringComparison.Ordinal))
        {
            var subscription = Subscriptions[path["/v1/subscriptions/".Length..]];
            if (request.Method == "POST")
            {
                Change(subscription, form);
            }

            return (JsonObject)subscription.DeepClone();
        }

        return path switch
        {
            "/v1/customers" => new JsonObject { ["id"] = $"cus_{next}", ["object"] = "customer" },
            "/v1/coupons" => new JsonObject { ["id"] = $"coupon_{next}", ["object"] = "coupon" },
            "/v1/checkout/sessions" => Session(next),
            "/v1/billing_portal/sessions" => new JsonObject
            {
                ["id"] = $"bps_{next}",
                ["object"] = "billing_portal.session",
                ["url"] = Address + "/portal",
            },
            "/v1/invoice_payments" => new JsonObject
            {
                ["object"] = "list",
                ["has_more"] = false,
                ["data"] = new JsonArray([
                    .. Invoices
                        .Where(pair => request.QueryString.Value!.Contains(pair.Key, StringComparison.Ordinal))
                        .Select(pair => new JsonObject { ["object"] = "invoice_payment", ["invoice"] = pair.Value }),
                ]),
            },
            _ when path.EndsWith("/expire", StringComparison.Ordinal) => Session(next),
            _ => null,
        };
    }

    private JsonObject Session(int next) =>
        new()
        {
            ["id"] = $"cs_{next}",
            ["object"] = "checkout.session",
            ["url"] = $"{Address}/pay/{next}",
            ["expires_at"] = TimeProvider.System.GetUtcNow().AddDays(1).ToUnixTimeSeconds(),
        };

    private static void Change(JsonObject subscription, Dictionary<string, StringValues> form)
    {
        foreach (var (key, value) in form)
        {
            if (key == "cancel_at_period_end")
            {
                subscription[key] = value == "true" || value == "True";
            }
            else if (key == "items[0][price]")
            {
                subscription["items"]!["data"]![0]!["price"]!["id"] = value.ToString();
            }
            else if (key.StartsWith("metadata[", StringComparison.Ordinal))
            {
                subscription["metadata"]![key[9..^1]] = value.ToString();
            }
        }
    }
}

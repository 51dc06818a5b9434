using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Stripe;
using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>
/// Stripe's events. Who sends them proves it by a signature over the raw body and a time, made with STRIPE_WEBHOOK_SECRET; anybody else is
/// answered 400. Older than five minutes is a replay. 2xx is sent only for what is stored, so that Stripe sends the rest again.
/// </summary>
internal static partial class ReceiveStripeEvent
{
    private const int MostBytes = 512 * 1024;
    private const long ToleranceSeconds = 300;

    /// <param name="Received">Always true.</param>
    /// <param name="Outcome">applied, duplicate, stale, ignored or unknown_customer.</param>
    public sealed record Response(bool Received, string Outcome);

    [Refuses(400, "invalid_signature")]
    [Refuses(404, "payments_not_configured")]
    [Refuses(413, "payload_too_large")]
    [Refuses(503, "payment_provider_failed")]
    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        HttpContext context,
        StripeEvents events,
        IOptions<StripeOptions> options,
        TimeProvider time,
        ILogger<StripeEvents> logger,
        CancellationToken ct
    )
    {
        if (!options.Value.IsConfigured)
        {
            return Problems.NotFound("payments_not_configured", "This server takes no payments: STRIPE_SECRET_KEY is not set.");
        }

        if (await ReadAsync(context.Request, ct) is not { } body)
        {
            return Problems.Create(413, "payload_too_large", "An event is smaller than this.");
        }

        Event received;
        try
        {
            received = EventUtility.ConstructEvent(
                body,
                context.Request.Headers["Stripe-Signature"].ToString(),
                options.Value.WebhookSecret,
                ToleranceSeconds,
                time.GetUtcNow().ToUnixTimeSeconds(),
                throwOnApiVersionMismatch: false
            );
        }
        catch (Exception error)
            when (error
                    is StripeException
                        or Newtonsoft.Json.JsonException
                        or ArgumentException
                        or FormatException
                        or NullReferenceException
            )
        {
            LogRefused(logger);
            return Problems.BadRequest("invalid_signature", "The signature is not of this body, or older than five minutes.");
        }

        if (received is not { Id.Length: > 0 and <= 255, Type.Length: > 0, Data.Object: not null })
        {
            return TypedResults.Ok(new Response(true, "ignored"));
        }

        try
        {
            var outcome = await events.HandleAsync(received, context.Origin(), ct);
            LogHandled(logger, received.Type, outcome);
            return TypedResults.Ok(new Response(true, outcome));
        }
        catch (PaymentProviderException error)
        {
            LogFailed(logger, received.Type, error.Message);
            return Problems.Unavailable(
                "payment_provider_failed",
                "Stripe must be asked and does not answer. Send it again.",
                TimeSpan.FromMinutes(1)
            );
        }
    }

    private static async Task<string?> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        var piece = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(piece, ct)) > 0; )
        {
            if (buffer.Length + read > MostBytes)
            {
                return null;
            }

            buffer.Write(piece, 0, read);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An event at /webhooks/stripe was refused: signature or time is wrong")]
    private static partial void LogRefused(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stripe event {Type}: {Outcome}")]
    private static partial void LogHandled(ILogger logger, string type, string outcome);

    [LoggerMessage(Level = LogLevel.Error, Message = "Stripe event {Type} waits to be sent again: {Reason}")]
    private static partial void LogFailed(ILogger logger, string type, string reason);
}

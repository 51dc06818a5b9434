using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>Calls to Stripe within a request: what fails there is a 502 here, and a line in the log.</summary>
internal sealed partial class PaymentCalls(ILogger<PaymentCalls> logger)
{
    public async Task<Results<T, ProblemHttpResult>> TryAsync<T>(Func<Task<Results<T, ProblemHttpResult>>> call)
        where T : IResult
    {
        try
        {
            return await call();
        }
        catch (PaymentProviderException error)
        {
            LogFailed(logger, error.Message);
            return Problems.BadGateway(
                "payment_provider_failed",
                "The payment provider did not answer as expected. Nothing was changed; try again in a minute."
            );
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Reason}")]
    private static partial void LogFailed(ILogger logger, string reason);
}

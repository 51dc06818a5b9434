using System.Net;
using System.Net.Http.Json;

namespace YtOptimizer.Tests.Support;

/// <summary>
/// Does what the answer asks for when the database gave no connection in time: sends the request again, a few times. On a machine where
/// many tests start servers at once that is load, no outage; outages are tested where they are made.
/// </summary>
internal sealed class PatientHandler : DelegatingHandler
{
    private const int MostRepetitions = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // What is streamed can be sent once only.
        var isRepeatable = request.Content is null or ByteArrayContent or JsonContent;
        for (var repetitions = 0; ; repetitions++)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (!isRepeatable || repetitions == MostRepetitions || !await SaysUnavailableAsync(response, cancellationToken))
            {
                return response;
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"{request.Method} {request.RequestUri} is sent again: no connection in time.");
            response.Dispose();
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static async Task<bool> SaysUnavailableAsync(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
        {
            return false;
        }

        await response.Content.LoadIntoBufferAsync(ct);
        return (await response.Content.ReadAsStringAsync(ct)).Contains("\"database_unavailable\"", StringComparison.Ordinal);
    }
}

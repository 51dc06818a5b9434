namespace YtOptimizer.Api.Hosting;

/// <summary>200 with JSON that is there already, as UTF-8, in one part or several.</summary>
internal sealed class JsonBody(params ReadOnlyMemory<byte>[] parts) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = parts.Sum(part => (long)part.Length);
        foreach (var part in parts)
        {
            part.Span.CopyTo(response.BodyWriter.GetSpan(part.Length));
            response.BodyWriter.Advance(part.Length);
        }

        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }
}

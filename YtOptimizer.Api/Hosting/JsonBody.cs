namespace YtOptimizer.Api.Hosting;

/// <summary>200 with JSON that is there already, as UTF-8.</summary>
internal sealed class JsonBody(ReadOnlyMemory<byte> utf8) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = utf8.Length;
        var written = response.BodyWriter.WriteAsync(utf8, httpContext.RequestAborted);
        return written.IsCompletedSuccessfully ? Task.CompletedTask : written.AsTask();
    }
}

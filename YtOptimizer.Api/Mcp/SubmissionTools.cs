using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace YtOptimizer.Api.Mcp;

/// <summary>Tools that queue an analysis; each counts against the caller's quota like the endpoint it calls.</summary>
internal sealed class SubmissionTools(EndpointCaller api, IHttpContextAccessor request)
{
    [McpServerTool(Name = "submit_video", Title = "Analyse a YouTube video", ReadOnly = false, Destructive = false, OpenWorld = true)]
    [Description(
        "Queues the analysis of a YouTube video and returns its jobId at once; it uses one analysis of the account's plan. Then call "
            + "wait_for_analysis with the jobId. Pass title, description and tags where you know them: without a YouTube key on the server "
            + "they are all it has. An equal submission that is still running is not queued twice."
    )]
    public Task<CallToolResult> SubmitVideoAsync(
        [Description("The video's address or its 11-character id, for example https://www.youtube.com/watch?v=dQw4w9WgXcQ.")] string url,
        [Description("The video's present title.")] string? title = null,
        [Description("The video's present description, with its line breaks.")] string? description = null,
        [Description("The video's present tags.")] string[]? tags = null,
        [Description("The name of the channel.")] string? channelTitle = null,
        [Description("What is said in the video: plain text, SRT or WebVTT. Times give chapters.")] string? transcript = null,
        [Description("Language of the suggestions, such as en. The video's own when left out.")] string? language = null,
        [Description("Tone of the suggestions, such as \"calm\"; used where a language model is configured.")] string? tone = null,
        CancellationToken ct = default
    ) =>
        SubmitAsync(
            "SubmitVideo",
            new
            {
                configuration = new
                {
                    url,
                    language,
                    tone,
                },
                metadata = new
                {
                    title,
                    description,
                    tags,
                    channelTitle,
                    transcript,
                },
            },
            ct
        );

    [McpServerTool(Name = "submit_transcript", Title = "Analyse a transcript", ReadOnly = false, Destructive = false, OpenWorld = false)]
    [Description(
        "Queues the analysis of a transcript, for a video that is not published yet or has no address, and returns its jobId at once; it "
            + "uses one analysis of the account's plan. Then call wait_for_analysis with the jobId. With times (SRT, WebVTT) there are "
            + "chapters, too."
    )]
    public Task<CallToolResult> SubmitTranscriptAsync(
        [Description("50 to 2,000,000 characters: plain text, or a subtitle file such as SRT or WebVTT as it is.")] string transcript,
        [Description("A working title, if there is one.")] string? title = null,
        [Description("A description, if there is one.")] string? description = null,
        [Description("Tags, if there are any.")] string[]? tags = null,
        [Description("The name of the channel.")] string? channelTitle = null,
        [Description("Language of the suggestions, such as en. The transcript's own when left out.")] string? language = null,
        [Description("Tone of the suggestions, such as \"calm\"; used where a language model is configured.")] string? tone = null,
        CancellationToken ct = default
    ) =>
        SubmitAsync(
            "SubmitTranscript",
            new
            {
                transcript,
                configuration = new { language, tone },
                metadata = new
                {
                    title,
                    description,
                    tags,
                    channelTitle,
                },
            },
            ct
        );

    private async Task<CallToolResult> SubmitAsync(string endpoint, object body, CancellationToken ct)
    {
        var answer = await api.CallAsync(request.HttpContext!, endpoint, route: null, body, ct);
        return answer.IsSuccess
            ? ToolResults.Of(
                new
                {
                    jobId = ToolResults.Text(answer.Body, "jobId"),
                    status = ToolResults.Text(answer.Body, "status"),
                    next = "Call wait_for_analysis with this jobId.",
                }
            )
            : ToolResults.Error(answer);
    }
}

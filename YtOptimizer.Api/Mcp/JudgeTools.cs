using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace YtOptimizer.Api.Mcp;

/// <summary>The tool that checks texts before they are proposed to a person.</summary>
internal sealed class JudgeTools(EndpointCaller api, IHttpContextAccessor request)
{
    [McpServerTool(Name = "judge_text", Title = "Judge texts of your own", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description(
        "Checks a title, a description or tags that you or the creator have written against what the video says: words, names, numbers and "
            + "claims that are not in it, another language, YouTube's limits. Returns accepted or refused for each with reasons, and the "
            + "score before and after. Use it before you propose a text. Saves nothing and uses no analysis of the plan."
    )]
    public async Task<CallToolResult> JudgeAsync(
        [Description("The source: the video's present title. Needed where there is no transcript.")] string? videoTitle = null,
        [Description("The source: the video's present description.")] string? videoDescription = null,
        [Description("The source: the video's present tags.")] string[]? videoTags = null,
        [Description("The source: what is said in the video, as plain text, SRT or WebVTT.")] string? videoTranscript = null,
        [Description("The title to judge.")] string? title = null,
        [Description("The description to judge.")] string? description = null,
        [Description("The tags to judge.")] string[]? tags = null,
        CancellationToken ct = default
    )
    {
        var answer = await api.CallAsync(
            request.HttpContext!,
            "JudgeText",
            route: null,
            new
            {
                title,
                description,
                tags,
                video = new
                {
                    title = videoTitle,
                    description = videoDescription,
                    tags = videoTags,
                    transcript = videoTranscript,
                },
            },
            ct
        );
        return answer.IsSuccess ? ToolResults.Of(answer.Body) : ToolResults.Error(answer);
    }
}

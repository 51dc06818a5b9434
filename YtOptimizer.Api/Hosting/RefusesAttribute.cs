namespace YtOptimizer.Api.Hosting;

/// <summary>What a handler refuses, for the document: the codes of its problems by status. Handlers carry it as an attribute.</summary>
internal interface IRefusals
{
    IEnumerable<(int Status, string Code)> All { get; }
}

/// <param name="status">The HTTP status.</param>
/// <param name="codes">The values of <c>code</c> that the handler gives with it.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class RefusesAttribute(int status, params string[] codes) : Attribute, IRefusals
{
    public int Status { get; } = status;

    public string[] Codes { get; } = codes;

    public IEnumerable<(int Status, string Code)> All => Codes.Select(code => (Status, code));
}

/// <summary>The refusals of <see cref="EnqueueProblems"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RefusesToEnqueueAttribute : Attribute, IRefusals
{
    public IEnumerable<(int Status, string Code)> All => [(402, "quota_exceeded"), (429, "too_many_active_jobs"), (503, "queue_full")];
}

/// <summary>The refusals of <see cref="AnalysisProblems"/>; a code may be of an upstream that is not reached.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RefusesToAnalyseAttribute : Attribute, IRefusals
{
    public IEnumerable<(int Status, string Code)> All =>
        [
            (400, "transcript_too_short"),
            (400, "analysis_timeout"),
            (404, "video_not_found"),
            (404, "metadata_unavailable"),
            (503, "metadata_unavailable"),
        ];
}

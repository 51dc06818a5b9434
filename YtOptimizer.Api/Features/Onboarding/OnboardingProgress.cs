using Dapper;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Onboarding;

/// <summary>How far a user is with the first steps. Every call of the feature answers it.</summary>
/// <param name="CurrentStep">The first step that is neither done nor skipped, or <c>completed</c>.</param>
/// <param name="ProgressPercentage">Share of the steps that are done or skipped, 0 to 100.</param>
/// <param name="CompletedSteps">Steps done or skipped, in their order.</param>
/// <param name="NextAction">What to do next, as a sentence.</param>
/// <param name="EstimatedTimeRemaining">"5 minutes" to "1 minute", then "complete".</param>
internal sealed record OnboardingProgress(
    string CurrentStep,
    int ProgressPercentage,
    IReadOnlyList<string> CompletedSteps,
    string NextAction,
    string EstimatedTimeRemaining
)
{
    public const string Completed = "completed";

    /// <summary>In their order. Each takes about a minute.</summary>
    public static readonly string[] Steps = ["welcome", "user_type", "first_analysis", "features_tour", "preferences"];

    private sealed record Row
    {
        public string[] CompletedSteps { get; init; } = [];

        public bool JustCompleted { get; init; }
    }

    // Steps are a set kept in order: doing one again, or skipping it twice, adds nothing. now() is the transaction's.
    private const string Sql = """
        INSERT INTO user_onboarding AS o (user_id, completed_steps, current_step, completed_at, user_type, content_categories,
            monthly_video_count, channel_name, first_analysis_completed, first_analysis_rating, first_analysis_reference,
            first_analysis_feedback, preferences)
        SELECT @userId, s.done, coalesce(s.next, 'completed'), CASE WHEN s.next IS NULL THEN now() END, @userType, @categories,
            @monthlyVideos, @channelName, @rating IS NOT NULL, @rating, @reference, @feedback, coalesce(@preferences::jsonb, '{}')
        FROM onboarding_steps('{}', @steps, @done) s
        ON CONFLICT (user_id) DO UPDATE SET
            (completed_steps, current_step, completed_at) = (
                SELECT s.done, coalesce(s.next, 'completed'), CASE WHEN s.next IS NULL THEN coalesce(o.completed_at, now()) END
                FROM onboarding_steps(o.completed_steps, @steps, @done) s
            ),
            user_type = coalesce(@userType, o.user_type), content_categories = coalesce(@categories, o.content_categories),
            monthly_video_count = coalesce(@monthlyVideos, o.monthly_video_count),
            channel_name = coalesce(@channelName, o.channel_name),
            first_analysis_completed = o.first_analysis_completed OR @rating IS NOT NULL,
            first_analysis_rating = coalesce(@rating, o.first_analysis_rating),
            first_analysis_reference = coalesce(@reference, o.first_analysis_reference),
            first_analysis_feedback = coalesce(@feedback, o.first_analysis_feedback),
            preferences = o.preferences || coalesce(@preferences::jsonb, '{}')
        RETURNING completed_steps, coalesce(completed_at = now(), false) AS just_completed
        """;

    /// <summary>Of the steps that are done or skipped, in whatever order and with whatever else imported rows hold.</summary>
    public static OnboardingProgress Of(IEnumerable<string> done)
    {
        var steps = Steps.Intersect(done, StringComparer.Ordinal).ToList();
        var left = Steps.Length - steps.Count;
        var current = left == 0 ? Completed : Steps.Except(steps, StringComparer.Ordinal).First();
        var time = left switch
        {
            0 => "complete",
            1 => "1 minute",
            _ => $"{left} minutes",
        };
        return new OnboardingProgress(current, steps.Count * 100 / Steps.Length, steps, NextActionOf(current), time);
    }

    /// <summary>Marks steps as done, keeps the answers that came with them, and notes in the audit trail when all are done.</summary>
    /// <param name="user">Whose onboarding it is.</param>
    /// <param name="context">The request.</param>
    /// <param name="db">The database.</param>
    /// <param name="done">Steps that are done by this; the welcome always is.</param>
    /// <param name="answers">What the user answered; what is null stays as it was.</param>
    /// <param name="ct">Cancels the statement.</param>
    public static Task<OnboardingProgress> SaveAsync(
        CurrentUser user,
        HttpContext context,
        Db db,
        string[] done,
        OnboardingAnswers answers,
        CancellationToken ct
    ) =>
        db.InTransactionAsync(
            async scope =>
            {
                var parameters = new DynamicParameters(answers);
                parameters.Add("userId", user.Id);
                parameters.Add("steps", Steps);
                parameters.Add("done", done.Prepend(Steps[0]).ToArray());
                var row = (await scope.FirstOrDefaultAsync<Row>(Sql, parameters))!;
                if (row.JustCompleted)
                {
                    await AuditTrail.AppendAsync(
                        scope,
                        new Actor(user.Id, user.Email, user.Role, user.SessionId),
                        "complete_onboarding",
                        "user_onboarding",
                        user.Id.ToString(),
                        context.Origin()
                    );
                }

                return Of(row.CompletedSteps);
            },
            ct
        );

    private static string NextActionOf(string step) =>
        step switch
        {
            "welcome" => "Start the onboarding.",
            "user_type" => "Tell us what kind of creator you are.",
            "first_analysis" => "Analyze your first video and rate the result.",
            "features_tour" => "Take the tour of the features, or skip it.",
            "preferences" => "Set your preferences.",
            _ => "You are all set.",
        };
}

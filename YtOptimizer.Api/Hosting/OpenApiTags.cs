using Microsoft.OpenApi;

namespace YtOptimizer.Api.Hosting;

/// <summary>
/// The document's chapters in the order in which a newcomer needs them. Tags that are not listed come last, and fail a test.
/// </summary>
internal static class OpenApiTags
{
    private static readonly (string Name, string About)[] Ordered =
    [
        ("Auth", "Register, sign in, refresh and end sessions; the account's own profile."),
        ("Analysis", "Submit a video, a transcript or a file; read and delete finished analyses."),
        ("Jobs", "How a submitted analysis is doing, with its result; cancel, retry, restart."),
        ("AI", "Analyse while the call waits, and judge texts of your own. Nothing is saved."),
        ("YouTube", "What is known about a video."),
        ("Workflow", "Step by step: inspect a video, generate its fields, draw a thumbnail."),
        ("Preferences", "Language, tone and styles that analyses follow."),
        ("Notifications", "What happened to your jobs and your account."),
        ("Realtime", "The same as it happens, as server-sent events."),
        ("Onboarding", "The first steps of a new account."),
        ("Feedback", "Opinions, feature requests with votes, usage events."),
        ("Subscriptions", "Plan, limits, usage and upgrades."),
        ("Billing", "Checkout, customer portal, history."),
        ("Bulk", "Many videos in one request."),
        ("Channel", "A model of your own channel from a Studio export."),
        ("Account", "Export and deletion of everything about an account."),
        ("Password security", "Judge passwords before they are used."),
        ("Invitations", "Codes that let people register where that is limited."),
        ("Admin", "Accounts, roles, jobs and notices, for administrators and moderators."),
        ("Logs", "What the application logged, for administrators; each user's own summary."),
        ("Metrics", "Figures of the application, for operators."),
        ("Security audit", "Security events: the caller's own, and everyone's for administrators."),
        ("IP rate limits", "Blocked addresses, for administrators."),
        ("System", "Health, greetings and reports of browsers."),
    ];

    /// <summary>Puts the used tags in order and says what each holds.</summary>
    public static void Apply(OpenApiDocument document)
    {
        var used = document
            .Paths.SelectMany(path => path.Value.Operations?.Values.ToList() ?? [])
            .SelectMany(operation => operation.Tags ?? new HashSet<OpenApiTagReference>())
            .Select(tag => tag.Name)
            .OfType<string>()
            .ToHashSet(StringComparer.Ordinal);
        var known = Ordered
            .Where(tag => used.Contains(tag.Name))
            .Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.About });
        var others = used.Except(Ordered.Select(tag => tag.Name), StringComparer.Ordinal).Order(StringComparer.Ordinal);
        document.Tags = new HashSet<OpenApiTag>([.. known, .. others.Select(name => new OpenApiTag { Name = name })]);
    }
}

using Microsoft.AspNetCore.Http.HttpResults;

namespace YtOptimizer.Api.Features.PasswordSecurity;

/// <summary>Advice on passwords, the same for everybody.</summary>
internal static class GetRecommendations
{
    public sealed record Response(
        IReadOnlyList<string> Recommendations,
        IReadOnlyList<string> BestPractices,
        IReadOnlyList<string> CommonMistakes
    );

    private static readonly Response Advice = new(
        [
            "Use at least 12 characters.",
            "Use several unrelated words, or let a password manager choose.",
            "Use a different password for every account.",
            "Any character counts, including spaces and letters of any script.",
            "Change a password when it appears in a breach, not by the calendar.",
            "Keep passwords in a password manager.",
            "Turn on two-factor sign-in wherever it is offered, above all for your mailbox.",
            "Sign in with Google or GitHub if you would rather not have another password.",
        ],
        [
            "Length beats complexity.",
            "A password manager remembers so that you need not.",
            "Check from time to time which devices are signed in.",
            "Sign out on devices that others use.",
            "Open reset links only if you asked for them.",
            "Never send a password by mail or chat.",
        ],
        [
            "Using one password for several accounts.",
            "Adding a number or an exclamation mark to an old password.",
            "Using names, birthdays or the name of the site.",
            "Using keyboard rows such as qwertyuiop.",
            "Replacing letters by look-alikes, as in P@ssw0rd.",
            "Keeping passwords in a text file or on a note.",
            "Sharing an account instead of inviting people.",
        ]
    );

    public static Ok<Response> Handle() => TypedResults.Ok(Advice);
}

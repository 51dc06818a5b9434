using Microsoft.AspNetCore.Http.HttpResults;
using YtOptimizer.Api.Hosting;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;

namespace YtOptimizer.Api.Features.Users;

internal static class AddNote
{
    /// <param name="Note">1 to 2000 characters.</param>
    public sealed record Request([property: PlainText(2000, Shortest = 1)] string Note);

    /// <param name="Id">Of the note.</param>
    /// <param name="Message">For people.</param>
    /// <param name="CreatedAt">UTC.</param>
    public sealed record Response(Guid Id, string Message, DateTime CreatedAt);

    private const string Sql = """
        INSERT INTO admin_notes (id, user_id, author_id, note) SELECT @noteId, p.id, @author, @note FROM profiles p WHERE p.id = @id
        RETURNING created_at
        """;

    public static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        Guid id,
        Request request,
        CurrentUser admin,
        HttpContext context,
        Db db,
        CancellationToken ct
    )
    {
        var noteId = Guid.CreateVersion7();
        var created = await db.InTransactionAsync(
            async scope =>
            {
                var at = await scope.ScalarAsync<DateTime?>(
                    Sql,
                    new
                    {
                        noteId,
                        id,
                        author = admin.Id,
                        note = request.Note.Trim(),
                    }
                );
                if (at is not null)
                {
                    await new AdminAction("add_note", "user", id.ToString(), $"A note about account {id} was written")
                    {
                        After = new Dictionary<string, object?>(StringComparer.Ordinal) { ["noteId"] = noteId },
                    }.RecordAsync(scope, admin.ToActor(), context.Origin());
                }

                return at;
            },
            ct
        );
        return created is { } written
            ? TypedResults.Created((string?)null, new Response(noteId, "The note was kept.", written))
            : GetUser.NotFound();
    }
}

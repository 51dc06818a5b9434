using System.Net;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Analysis;

public class HistoryTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task History_Pages_HoldTheCallersAuditsAsStored()
    {
        var user = await WithAuditsAsync("first 100% real", "second", "third");
        await WithAuditsAsync("of somebody else");
        var body = await Tokens.JsonAsync(await user.Client.GetAsync("/api/v1/analyze/history?page=1&limit=2", Ct));
        Assert.Equal(
            ["third", "second"],
            body.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("video_title").GetString())
        );
        Assert.All(body.GetProperty("data").EnumerateArray(), row =>
            Assert.Equal(System.Text.Json.JsonValueKind.Array, row.GetProperty("ai_tags").ValueKind)
        );
        Assert.Equal(
            """{"page":1,"limit":2,"total":3,"totalPages":2,"hasNext":true,"hasPrev":false}""",
            body.GetProperty("pagination").GetRawText()
        );
    }

    [Theory]
    [InlineData("?search=100%25", "first 100% real")]
    [InlineData("?search=SECOND", "second")]
    [InlineData("?search=%25", "first 100% real")]
    [InlineData("?sortBy=video_title&sortOrder=asc&limit=1", "first 100% real")]
    public async Task History_SearchAndSort_FindTheText(string query, string title)
    {
        var user = await WithAuditsAsync("second", "first 100% real", "third");
        var body = await Tokens.JsonAsync(await user.Client.GetAsync("/api/v1/analyze/history" + query, Ct));
        Assert.Equal([title], body.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("video_title").GetString()));
    }

    [Theory]
    [InlineData("?page=0")]
    [InlineData("?page=99999999999999999999")]
    [InlineData("?limit=101")]
    [InlineData("?sortBy=id;drop%20table%20audits")]
    [InlineData("?sortOrder=sideways")]
    public async Task History_InvalidQuery_Is400(string query)
    {
        var user = await api.CreateUserAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await user.Client.GetAsync("/api/v1/analyze/history" + query, Ct)).StatusCode);
    }

    [Fact]
    public async Task History_NothingYet_IsAnEmptyPage()
    {
        var user = await api.CreateUserAsync();
        var body = await Tokens.JsonAsync(await user.Client.GetAsync("/api/v1/analyze/history", Ct));
        Assert.Equal(0, body.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task Delete_ByOwnerStrangerAndStaff_FollowsThePermission()
    {
        var (owner, stranger, staff) = (
            await WithAuditsAsync("a", "b"),
            await api.CreateUserAsync(),
            await api.CreateUserAsync("moderator")
        );
        var ids = (await api.Database.Db.QueryAsync<Guid>("SELECT id FROM audits WHERE user_id = @Id", new { owner.Id }, Ct)).ToArray();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.DeleteAsync($"/api/v1/analyze/delete/{ids[0]}", Ct)).StatusCode);
        var answer = await owner.Client.DeleteAsync($"/api/v1/analyze/delete/{ids[0]}", Ct);
        Assert.Equal((HttpStatusCode.OK, ids[0]), (answer.StatusCode, (await Tokens.JsonAsync(answer)).GetProperty("deletedId").GetGuid()));
        Assert.Equal(HttpStatusCode.OK, (await staff.Client.DeleteAsync($"/api/v1/analyze/delete/{ids[1]}", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Client.DeleteAsync($"/api/v1/analyze/delete/{ids[0]}", Ct)).StatusCode);
        Assert.Equal(
            2,
            await api.Database.Db.ScalarAsync<long>(
                "SELECT count(*) FROM audit_trail WHERE action = 'delete_analysis' AND entity_id = ANY (@ids)",
                new { ids = ids.Select(id => id.ToString()).ToArray() },
                Ct
            )
        );
    }

    private async Task<ApiUser> WithAuditsAsync(params string[] titles)
    {
        var user = await api.CreateUserAsync();
        for (var i = 0; i < titles.Length; i++)
        {
            await api.Database.Db.ExecuteAsync(
                "INSERT INTO audits (user_id, video_url, video_title, created_at) VALUES (@Id, 'https://www.youtube.com/watch?v=x', "
                    + "@title, now() + @i * interval '1 second')",
                new
                {
                    user.Id,
                    title = titles[i],
                    i,
                },
                Ct
            );
        }

        return user;
    }
}

using System.Net;
using System.Net.Http.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Users;

/// <summary>One administrator always remains.</summary>
public sealed class LastAdministratorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LastAdministrator_CannotBeDemotedLockedOrDeleted()
    {
        await using var alone = await ApiFixture.StartAsync();
        var last = await alone.CreateUserAsync("admin");
        using var demote = await last.Client.PutAsJsonAsync($"/api/v1/admin/users/{last.Id}/role", new { role = "user" }, Ct);
        using var disable = await last.Client.PostAsync(new Uri($"/api/v1/admin/users/{last.Id}/disable", UriKind.Relative), null, Ct);
        using var delete = await last.Client.DeleteAsync(new Uri($"/api/v1/admin/users/{last.Id}", UriKind.Relative), Ct);
        Assert.Equal(
            [HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.Conflict],
            new[] { demote.StatusCode, disable.StatusCode, delete.StatusCode }
        );
    }

    [Fact]
    public async Task TwoAdministrators_WhoDemoteEachOther_LeaveOne()
    {
        await using var alone = await ApiFixture.StartAsync();
        for (var round = 0; round < 10; round++)
        {
            var one = await alone.CreateUserAsync("admin");
            var two = await alone.CreateUserAsync("admin");
            await alone.Database.Db.ExecuteAsync(
                "UPDATE profiles SET role = 'user' WHERE role = 'admin' AND id <> ALL (@ids)",
                new { ids = new[] { one.Id, two.Id } },
                Ct
            );
            using var first = await one.Client.GetAsync("/api/v1/admin/users", Ct);
            var answers = await Task.WhenAll(
                one.Client.PutAsJsonAsync($"/api/v1/admin/users/{two.Id}/role", new { role = "user" }, Ct),
                two.Client.PutAsJsonAsync($"/api/v1/admin/users/{one.Id}/role", new { role = "user" }, Ct)
            );

            // The second waited; it finds itself demoted, or the other one the last.
            Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
            Assert.All(answers, answer =>
                Assert.Contains(
                    answer.StatusCode,
                    new[] { HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden }
                )
            );
            Assert.Equal(1, await alone.Database.Db.ScalarAsync<int>("SELECT count(*)::int FROM profiles WHERE role = 'admin'", null, Ct));
        }
    }
}

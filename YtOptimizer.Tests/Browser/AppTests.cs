using Microsoft.Playwright;
using YtOptimizer.Core.Notifications;
using YtOptimizer.Tests.Realtime;

namespace YtOptimizer.Tests.Browser;

/// <summary>What users of the existing single-page app see happen, in a real browser.</summary>
public sealed class AppTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private static readonly PageLocatorOptions Hello = new() { HasText = "Hello" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Job_IsFollowed_AlsoAfterTheNetworkWasAwayInTheMiddle_AndInASecondTab()
    {
        var user = await fixture.CreateUserAsync();
        await using var scene = new Scene(fixture.Database);
        var page = await fixture.SignedInAsync(user);
        var job = await scene.QueueAsync(user.Id);
        await page.WaitForSelectorAsync($"#job-{job}[data-status=pending]");
        var claimed = await scene.ClaimAsync(job);
        await scene.ProgressAsync(claimed, 30, "reading");
        await page.WaitForSelectorAsync($"#job-{job}[data-status=processing][data-progress='30']");

        // The connection goes away in the middle of the job, and comes back.
        await page.EvaluateAsync("() => app.queue.io.engine.close()");
        await page.WaitForFunctionAsync("() => app.disconnects.length >= 2");
        await scene.ProgressAsync(claimed, 60, "writing");
        await page.WaitForSelectorAsync($"#job-{job}[data-progress='60']");

        // A second tab is shown where things stand, without asking.
        var second = await fixture.TabAsync(page.Context);
        await second.WaitForSelectorAsync($"#job-{job}[data-progress='60']");
        await scene.CompleteAsync(claimed, "Bread in a pot");
        foreach (var tab in (IPage[])[page, second])
        {
            await tab.WaitForSelectorAsync($"#job-{job}[data-status=completed]");
            Assert.Equal("Bread in a pot", await tab.TextContentAsync($"#job-{job}"));
            Assert.Equal(1, await tab.EvaluateAsync<int>("() => app.heard.filter(e => e.startsWith('JOB_COMPLETED')).length"));
        }

        // Who comes later still sees it.
        var third = await fixture.TabAsync(page.Context);
        await third.WaitForSelectorAsync($"#job-{job}[data-status=completed]");
    }

    [Fact]
    public async Task Notification_AppearsInEveryTab_AndReadInOneIsReadInAll()
    {
        var user = await fixture.CreateUserAsync();
        var one = await fixture.SignedInAsync(user);
        var two = await fixture.TabAsync(one.Context);
        await AppFixture.ConnectedAsync(two);
        await NotificationWriter.AddAsync(
            fixture.Database.Db,
            new NewNotification
            {
                UserId = user.Id,
                Title = "Hello",
                Message = "You have news",
                Severity = "success",
            },
            Ct
        );
        foreach (var tab in (IPage[])[one, two])
        {
            await tab.WaitForSelectorAsync("#notifications li[data-severity=success]");
            Assert.Equal(1, await tab.Locator("#notifications li", Hello).CountAsync());
        }

        await two.EvaluateAsync(
            "() => void app.notifications.emit('mark-as-read', { notificationId: app.cards.find(c => c.title === 'Hello').id })"
        );
        foreach (var tab in (IPage[])[one, two])
        {
            await tab.Locator("#notifications li", Hello).WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });
        }

        // Closed cards stay closed after a reload.
        await one.ReloadAsync();
        await AppFixture.ConnectedAsync(one);
        await one.WaitForFunctionAsync("() => app.welcomed");
        Assert.Equal(0, await one.Locator("#notifications li", Hello).CountAsync());
    }

    [Fact]
    public async Task LockedAccount_IsSentAwayForGood()
    {
        var user = await fixture.CreateUserAsync();
        var page = await fixture.SignedInAsync(user);
        await fixture.Database.Db.ExecuteAsync("UPDATE profiles SET account_locked = true WHERE id = @Id", new { user.Id }, Ct);
        await page.WaitForFunctionAsync("() => app.disconnects.filter(reason => reason === 'io server disconnect').length === 2");
        Assert.False(await page.EvaluateAsync<bool>("() => app.notifications.active || app.queue.active"));
    }

    [Fact]
    public async Task SixthAnalysis_ShowsAFailedJobAndACard_AndNobodyIsSignedOut()
    {
        var user = await fixture.CreateUserAsync();
        var page = await fixture.SignedInAsync(user);
        var sixth = "";
        for (var i = 0; i < 6; i++)
        {
            var answer = await SubmitAsync(page, i, strict: false);
            Assert.Equal(202, answer.Status);
            sixth = answer.JobId;
        }

        await page.WaitForSelectorAsync($"#job-{sixth}[data-status=failed]");
        Assert.Contains("5 analyses", await page.TextContentAsync($"#job-{sixth}"), StringComparison.Ordinal);
        await page.WaitForSelectorAsync("#notifications li[data-severity=error]");
        Assert.Equal(0, await page.EvaluateAsync<int>("() => app.signedOut"));
        Assert.Equal(402, (await SubmitAsync(page, 7, strict: true)).Status);
    }

    [Fact]
    public async Task ChangedPassword_KeepsThisBrowser_AndSendsTheOthersAway()
    {
        var user = await fixture.CreateUserAsync();
        var here = await fixture.SignedInAsync(user);
        var elsewhere = await fixture.SignedInAsync(user);
        var status = await here.EvaluateAsync<int>(
            "([currentPassword, newPassword]) => app.call('PUT', 'auth/change-password', { currentPassword, newPassword }).then(a "
                + "=> a.status)",
            new[] { user.Password, "umbrella Wagon 77" }
        );
        Assert.Equal(200, status);
        await elsewhere.WaitForFunctionAsync("() => app.disconnects.filter(reason => reason === 'io server disconnect').length === 2");
        Assert.Equal(401, await elsewhere.EvaluateAsync<int>("() => app.call('GET', 'analyze/jobs').then(a => a.status)"));
        Assert.Equal(1, await elsewhere.EvaluateAsync<int>("() => app.signedOut"));

        // This one goes on with the token and the sockets it has.
        Assert.Equal(200, await here.EvaluateAsync<int>("() => app.call('GET', 'analyze/jobs').then(a => a.status)"));
        await using var scene = new Scene(fixture.Database);
        var job = await scene.QueueAsync(user.Id);
        await here.WaitForSelectorAsync($"#job-{job}");
        Assert.Equal(0, await here.EvaluateAsync<int>("() => app.signedOut + app.disconnects.length"));
    }

    private static async Task<(int Status, string JobId)> SubmitAsync(IPage page, int number, bool strict)
    {
        var answer = await page.EvaluateAsync<System.Text.Json.JsonElement>(
            "([transcript, prefer]) => app.call('POST', 'analyze/transcript', { transcript, configuration: { language: 'english' } }, "
                + "prefer ? { Prefer: 'handling=strict' } : {})",
            new object[] { $"{number} " + string.Concat(Enumerable.Repeat("We bake bread in a pot. ", 5)), strict }
        );
        return (
            answer.GetProperty("status").GetInt32(),
            answer.GetProperty("body").TryGetProperty("jobId", out var id) ? id.GetString()! : ""
        );
    }
}

using Microsoft.Extensions.Options;
using YtOptimizer.Core.Accounts;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Auth;

public sealed class AccessStateTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CheckAsync_ProcessThatHasNeverLooked_LooksInsteadOfRefusing()
    {
        var user = await api.CreateUserAsync();
        using var state = new AccessState(api.Database.Db, Options.Create(new AccountOptions()), TimeProvider.System);
        var identity = new AccessIdentity(user.Id, user.Email, "user", user.SessionId, 0);
        Assert.Equal(AccessDecision.Unknown, state.Check(identity));
        Assert.Equal(AccessDecision.Granted, await state.CheckAsync(identity, TimeProvider.System.GetUtcNow().AddMinutes(-1), Ct));
    }
}

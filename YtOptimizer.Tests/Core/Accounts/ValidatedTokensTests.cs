using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Tests.Core.Accounts;

/// <summary>A token that was checked once is not checked again, and ends all the same.</summary>
public sealed class ValidatedTokensTests
{
    private static readonly AccessIdentity Somebody = new(Guid.CreateVersion7(), "somebody@example.com", "user", Guid.CreateVersion7(), 3);
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));
    private readonly AccessTokens tokens;

    public ValidatedTokensTests()
    {
        var options = Options.Create(
            new AccountOptions { JwtSecret = Convert.ToBase64String([.. Enumerable.Range(1, 48).Select(i => (byte)i)]) }
        );
        tokens = new AccessTokens(options, new AccountKeys(options), time);
    }

    [Fact]
    public async Task Read_TheSameTokenAgain_GivesTheResultOfTheFirstTime()
    {
        var (token, _) = tokens.Issue(Somebody);
        var first = await tokens.Handler.ValidateTokenAsync(token, tokens.Validation);
        Assert.Same(first, await tokens.Handler.ValidateTokenAsync(token, tokens.Validation.Clone()));
        Assert.Equal(Somebody, (await tokens.ReadAsync(token)).Identity);
    }

    [Fact]
    public async Task Read_AfterItsTime_IsRefusedThoughItWasValidBefore()
    {
        var (token, seconds) = tokens.Issue(Somebody);
        Assert.NotNull((await tokens.ReadAsync(token)).Identity);
        time.Advance(TimeSpan.FromSeconds(seconds + 29));
        Assert.NotNull((await tokens.ReadAsync(token)).Identity);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null((await tokens.ReadAsync(token)).Identity);
    }

    [Fact]
    public async Task Read_AnotherSignature_IsRefusedEachTimeBesideTheValidOne()
    {
        var (token, _) = tokens.Issue(Somebody);
        Assert.NotNull((await tokens.ReadAsync(token)).Identity);
        var at = token.LastIndexOf('.') + 1;
        var forged = token[..at] + (token[at] == 'A' ? 'B' : 'A') + token[(at + 1)..];
        Assert.Null((await tokens.ReadAsync(forged)).Identity);
        Assert.Null((await tokens.ReadAsync(forged)).Identity);
    }

    [Fact]
    public async Task Read_MoreTokensThanAreKept_AllAreRead()
    {
        for (var i = 0; i < 4_200; i++)
        {
            var identity = Somebody with { TokenVersion = i };
            Assert.Equal(identity, (await tokens.ReadAsync(tokens.Issue(identity).Token)).Identity);
        }
    }
}

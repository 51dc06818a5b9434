using Microsoft.Extensions.Options;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Tests.Core.Accounts;

public sealed class PasswordHasherTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hash_AnyPassword_IsArgon2idAtOwaspStrength()
    {
        using var hasher = New();
        Assert.Matches(
            @"^\$argon2id\$v=19\$m=47104,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$",
            await hasher.HashAsync("tangerine-Ladder-41", Ct)
        );
    }

    [Theory]
    [InlineData(" leading and trailing ")]
    [InlineData("Пароль-密码-كلمة-🔐🔐")]
    [InlineData("e\u0301-versus-\u00e9")]
    [InlineData("null\u0000inside")]
    public async Task Verify_PasswordAsSent_MatchesAndOnlyThen(string password)
    {
        using var hasher = New();
        var stored = await hasher.HashAsync(password, Ct);
        using var place = await hasher.EnterAsync(Ct);
        Assert.True((await place.VerifyAsync(password, stored)).Matches);
        Assert.False((await place.VerifyAsync(password + " ", stored)).Matches);
        Assert.False((await place.VerifyAsync(password.Normalize(System.Text.NormalizationForm.FormD) + "x", stored)).Matches);
    }

    [Fact]
    public async Task Verify_TwinsOfSeventyTwoBytes_Differ()
    {
        using var hasher = New();
        var same = new string('a', 72);
        var stored = await hasher.HashAsync(same + "first tail", Ct);
        using var place = await hasher.EnterAsync(Ct);
        Assert.False((await place.VerifyAsync(same + "other tail", stored)).Matches);
        Assert.False((await place.VerifyAsync(same, stored)).Matches);
    }

    [Theory]
    [InlineData("$2a$")]
    [InlineData("$2b$")]
    [InlineData("$2y$")]
    public async Task Verify_LegacyBcrypt_MatchesAndAsksForAnUpgrade(string prefix)
    {
        using var hasher = New();
        var stored = prefix + BCrypt.Net.BCrypt.HashPassword("old-password-9", 4)[4..];
        using var place = await hasher.EnterAsync(Ct);
        Assert.Equal(new PasswordCheck(true, true), await place.VerifyAsync("old-password-9", stored));
        Assert.Equal(new PasswordCheck(false, false), await place.VerifyAsync("old-password-8", stored));
    }

    [Fact]
    public async Task Verify_BcryptTwinBeyondItsLimit_DoesNotMatch()
    {
        using var hasher = New();
        var same = new string('a', 72);
        var stored = BCrypt.Net.BCrypt.HashPassword(same, 4);
        using var place = await hasher.EnterAsync(Ct);
        Assert.True((await place.VerifyAsync(same, stored)).Matches);
        Assert.False((await place.VerifyAsync(same + "tail", stored)).Matches);
    }

    [Fact]
    public async Task Verify_HashOfLessMemory_AsksForAnUpgrade()
    {
        using var weak = New();
        var stored = await weak.HashAsync("tangerine-Ladder-41", Ct);
        using var strong = New(memory: 65_536);
        using var place = await strong.EnterAsync(Ct);
        Assert.Equal(new PasswordCheck(true, true), await place.VerifyAsync("tangerine-Ladder-41", stored));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("$2b$04$broken")]
    [InlineData("$argon2id$v=19$m=47104,t=1,p=1$short$short")]
    [InlineData("$argon2id$v=19$m=2000000000,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("plain text")]
    public async Task Verify_NoOrBrokenHash_NeverMatches(string? stored)
    {
        using var hasher = New();
        using var place = await hasher.EnterAsync(Ct);
        Assert.False((await place.VerifyAsync("plain text", stored)).Matches);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("argon2id")]
    [InlineData("bcrypt")]
    public async Task Verify_WhileLegacyHashesAreLeft_StillTellsRightFromWrong(string? kind)
    {
        using var hasher = New();
        const string Password = "tangerine-Ladder-41";
        var stored = kind switch
        {
            null => null,
            "bcrypt" => BCrypt.Net.BCrypt.HashPassword(Password, 4),
            _ => await hasher.HashAsync(Password, Ct),
        };
        using var place = await hasher.EnterAsync(Ct);
        Assert.False((await place.VerifyAsync("wrong", stored, legacyCost: 4)).Matches);
        Assert.Equal(kind is not null, (await place.VerifyAsync(Password, stored, legacyCost: 4)).Matches);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    public void LegacyDummy_OfACost_IsComparedAtThatCost(int cost)
    {
        // Not a parse error, which would answer at once.
        Assert.False(BCrypt.Net.BCrypt.Verify("anything", PasswordHasher.Place.LegacyDummy(cost)));
        Assert.Equal(
            cost,
            int.Parse(
                BCrypt.Net.BCrypt.InterrogateHash(PasswordHasher.Place.LegacyDummy(cost)).WorkFactor,
                System.Globalization.CultureInfo.InvariantCulture
            )
        );
    }

    [Fact]
    public async Task Enter_AllPlacesTaken_GivesUpAfterTheBoundedWait()
    {
        using var hasher = New();
        var places = await Task.WhenAll(Enumerable.Range(0, PasswordHasher.Places).Select(_ => hasher.EnterAsync(Ct)));
        await Assert.ThrowsAsync<HashingBusyException>(() => hasher.EnterAsync(Ct));
        places[0].Dispose();
        using var again = await hasher.EnterAsync(Ct);
        Assert.NotNull(again);
    }

    private static PasswordHasher New(int memory = PasswordHasher.MinMemoryKiB) =>
        new(Options.Create(new AccountOptions { Argon2MemoryKiB = memory }));
}

using CsCheck;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Tests.Core.Accounts;

public sealed class SecretStrengthTests
{
    [Theory]
    [InlineData("")]
    [InlineData("tiny")]
    [InlineData("your-super-secret-jwt-token-with-at-least-32-characters-long")]
    [InlineData("your_jwt_secret_key_change_me_in_production")]
    [InlineData("changeme-changeme-changeme-changeme")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("abcdabcdabcdabcdabcdabcdabcdabcd")]
    [InlineData("0123456789abcdef0123456789abcdef")]
    [InlineData("SUPERSECRETSUPERSECRETSUPERSECRET1")]
    public void Weakness_KnownOrWeakSecret_IsNamedWithoutTheValue(string secret)
    {
        var weakness = SecretStrength.Weakness(secret);
        Assert.NotNull(weakness);
        Assert.True(secret.Length == 0 || !weakness.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Weakness_GeneratedSecrets_AreAccepted() =>
        Gen
            .Byte.Array[48, 64]
            .Where(b => b.Distinct().Count() > 30)
            .Sample(bytes => SecretStrength.Weakness(Convert.ToBase64String(bytes)) is null, iter: 500);
}

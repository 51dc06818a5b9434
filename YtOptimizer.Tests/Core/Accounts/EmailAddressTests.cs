using System.Text;
using CsCheck;
using YtOptimizer.Core.Accounts;

namespace YtOptimizer.Tests.Core.Accounts;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("a@example.com", "a@example.com")]
    [InlineData("  First.Last+tag@Example.COM ", "first.last+tag@example.com")]
    [InlineData("!#$%&'*+-/=?^_`{|}~@example.org", "!#$%&'*+-/=?^_`{|}~@example.org")]
    [InlineData("rene\u0301@example.com", "ren\u00e9@example.com")]
    [InlineData("я@пример.рф", "я@пример.рф")]
    [InlineData("KÄSE@Bu\u0308cher.DE", "käse@bücher.de")]
    [InlineData("a@xn--bcher-kva.de", "a@bücher.de")]
    [InlineData("a@faß.de", "a@faß.de")]
    [InlineData("δοκιμή@παράδειγμα.δοκιμή", "δοκιμή@παράδειγμα.δοκιμή")]
    [InlineData("संपर्क@डाटामेल.भारत", "संपर्क@डाटामेल.भारत")]
    [InlineData("二ノ宮@黒川.日本", "二ノ宮@黒川.日本")]
    [InlineData("user@ab--cd.com", "user@ab--cd.com")]
    [InlineData("user@123.com", "user@123.com")]
    [InlineData("user@a.b-c.museum", "user@a.b-c.museum")]
    public void Address_ThatCanBe_IsStoredInNormalFormAndCompared(string typed, string stored)
    {
        Assert.Null(EmailAddress.Problem(typed));
        Assert.Equal(stored, EmailAddress.Stored(typed));
        Assert.Equal(EmailAddress.Key(typed), EmailAddress.Key(stored));
        Assert.True(Ascii.IsValid(EmailAddress.Key(typed).Split('@')[1]));
    }

    [Theory]
    [InlineData("a@-b.com", "domain")]
    [InlineData("a@b-.com", "domain")]
    [InlineData("a@b_c.com", "domain")]
    [InlineData("a@b..com", "domain")]
    [InlineData("a@.com", "domain")]
    [InlineData("a@b.com.", "domain")]
    [InlineData("a@localhost", "domain")]
    [InlineData("a@xn--zzzzzzzz999.de", "domain")]
    [InlineData("a@xn--.com", "domain")]
    [InlineData("a@exam ple.com", "domain")]
    [InlineData("a@127.0.0.1", "IP address")]
    [InlineData("a@[127.0.0.1]", "IP address")]
    [InlineData("a@[IPv6:2001:db8::1]", "IP address")]
    [InlineData("a@example.123", "IP address")]
    [InlineData("@example.com", "has a name")]
    [InlineData("example.com", "has a name")]
    [InlineData("a@b@example.com", "\"@\"")]
    [InlineData(".a@example.com", "full stop")]
    [InlineData("a.@example.com", "full stop")]
    [InlineData("a..b@example.com", "full stop")]
    [InlineData("a b@example.com", "a space (U+0020)")]
    [InlineData("a\u00a0b@example.com", "a no-break space (U+00A0)")]
    [InlineData("\"a b\"@example.com", "\"\"\" (U+0022)")]
    [InlineData("a(comment)@example.com", "\"(\"")]
    [InlineData("Name <a@example.com>", "a space")]
    [InlineData("a@example.com\u200b", "a zero-width space (U+200B)")]
    [InlineData("\ufeffa@example.com", "a byte order mark (U+FEFF)")]
    [InlineData("a\u202eb@example.com", "a right-to-left override (U+202E)")]
    [InlineData("a\u0000b@example.com", "U+0000")]
    [InlineData("a\r\nBcc: b@example.com", "a line break")]
    [InlineData("a\ufe0f@example.com", "U+FE0F")]
    [InlineData("İpek@example.com", "a capital I with a dot (U+0130)")]
    [InlineData("ａdmin@example.com", "U+FF41")]
    [InlineData("ﬁ@example.com", "U+FB01")]
    [InlineData("\u0301a@example.com", "accent")]
    [InlineData("\ud800a@example.com", "U+FFFD")]
    public void Address_ThatCannotBe_IsRefusedByName(string typed, string reason) =>
        Assert.Contains(reason, EmailAddress.Problem(typed), StringComparison.Ordinal);

    [Fact]
    public void Address_TooLong_IsCountedInBytes()
    {
        Assert.Null(EmailAddress.Problem(new string('a', 64) + "@example.com"));
        Assert.NotNull(EmailAddress.Problem(new string('a', 65) + "@example.com"));
        Assert.NotNull(EmailAddress.Problem(new string('é', 33) + "@example.com"));
        Assert.Null(EmailAddress.Problem("a@" + new string('b', 63) + ".com"));
        Assert.NotNull(EmailAddress.Problem("a@" + new string('b', 64) + ".com"));
        var labels = string.Join('.', Enumerable.Repeat(new string('c', 61), 4)) + ".com";
        Assert.Null(EmailAddress.Problem(new string('a', 254 - 1 - labels.Length) + "@" + labels));
        Assert.NotNull(EmailAddress.Problem(new string('a', 255 - 1 - labels.Length) + "@" + labels));
    }

    [Theory]
    [InlineData("Ix@example.com", "ix@example.com")]
    [InlineData("\u212Aelvin@example.com", "kelvin@example.com")]
    [InlineData("ix@example.com\u200b", "ix@example.com")]
    [InlineData("ix@example.com.", "ix@example.com")]
    [InlineData("ix@ｅxample.com", "ix@example.com")]
    [InlineData("ix@example。com", "ix@example.com")]
    [InlineData("a@xn--BCHER-kva.de", "a@bücher.de")]
    public void Key_SameMailbox_IsTheSame(string one, string other) => Assert.Equal(EmailAddress.Key(one), EmailAddress.Key(other));

    [Theory]
    [InlineData("İx@example.com", "ix@example.com")]
    [InlineData("ıx@example.com", "ix@example.com")]
    [InlineData("ſam@example.com", "sam@example.com")]
    [InlineData("ａdmin@example.com", "admin@example.com")]
    [InlineData("ﬁ@example.com", "fi@example.com")]
    [InlineData("a@faß.de", "a@fass.de")]
    [InlineData("a@ex\u0430mple.com", "a@example.com")]
    [InlineData("σας@example.com", "σασ@example.com")]
    [InlineData("a.b@example.com", "ab@example.com")]
    public void Key_OtherMailbox_IsAnother(string one, string other) => Assert.NotEqual(EmailAddress.Key(one), EmailAddress.Key(other));

    private static readonly string[] Odd =
    [
        ".",
        "@",
        "-",
        "é",
        "e\u0301",
        "İ",
        "ı",
        "\u212a",
        "ſ",
        "ß",
        "ẞ",
        "σ",
        "ς",
        "Σ",
        "\u200b",
        "\u202e",
        "ａ",
        "ﬁ",
        "1",
        "xn--",
        "日",
        "\u0301",
        " ",
        "ا",
        "\ud83d\ude00",
        "\ud800",
        "å",
        "\u212b",
    ];

    private static readonly Gen<string> Texts = Gen.OneOf(
            Gen.Char['a', 'z'].Select(c => c.ToString()),
            Gen.Char['A', 'Z'].Select(c => c.ToString()),
            Gen.Int[0, Odd.Length - 1].Select(i => Odd[i]),
            Gen.Char.Select(c => c.ToString())
        )
        .Array[0, 12]
        .Select(string.Concat);

    [Fact]
    public void Key_OfAnyText_IsStableAndNeverFails() =>
        Gen.Select(Texts, Texts)
            .Sample(
                (local, domain) =>
                {
                    var typed = local + "@" + domain + ".com";
                    var key = EmailAddress.Key(typed);
                    Assert.Equal(key, EmailAddress.Key(key));
                    if (EmailAddress.Problem(typed) is null)
                    {
                        var stored = EmailAddress.Stored(typed);
                        Assert.Null(EmailAddress.Problem(stored));
                        Assert.Equal(stored, EmailAddress.Stored(stored));
                        Assert.Equal(key, EmailAddress.Key(stored));
                        Assert.Single(stored, c => c == '@');
                        Assert.DoesNotContain(stored.EnumerateRunes(), TextCharacters.IsInvisible);
                    }
                },
                iter: 20_000
            );
}

extern alias api;

using System.Reflection;
using System.Text.RegularExpressions;
using YtOptimizer.Core.Upstreams.Http;
using ApiProgram = api::Program;

namespace YtOptimizer.Tests.Contracts;

/// <summary>Every field that is named like a link and that somebody may send is checked, or is known to be read as something
/// else.</summary>
public sealed partial class LinkFieldTests
{
    // Read into a video id and never shown as it came, or never fetched and never stored.
    private static readonly HashSet<string> ReadAsSomethingElse = new(StringComparer.Ordinal)
    {
        "AnalyzeUrl.Request.VideoUrl",
        "GenerateContent.Request.VideoUrl",
        "GenerateThumbnail.Request.VideoUrl",
        "InspectVideo.Request.VideoUrl",
        "SubmissionConfiguration.Url",
        "GenerateThumbnail.BrandLogo.Url",
    };

    // Checked by the handler, which answers the existing app in its own way (SentNotificationTests and SinglePageApp.AdministrationTests
    // send javascript: and foreign schemes).
    private static readonly HashSet<string> CheckedByHandler = new(StringComparer.Ordinal)
    {
        "SendNotification.Request.Link",
        "SendNotification.Request.ActionUrl",
    };

    [Fact]
    public void RequestFields_NamedLikeALink_TakeOnlyLinks()
    {
        var fields = typeof(ApiProgram)
            .Assembly.GetTypes()
            .Where(IsRequest)
            .SelectMany(type =>
                type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    .Where(p => p.PropertyType == typeof(string) && LinkName().IsMatch(p.Name))
                    .Select(p => (Type: type, Property: p))
            )
            .ToList();
        Assert.NotEmpty(fields);
        var unchecked_ = fields
            .Where(field => field.Property.GetCustomAttribute<WebLinkAttribute>() is null)
            .Select(field => $"{Name(field.Type)}.{field.Property.Name}")
            .ToList();
        Assert.Empty(unchecked_.Except(ReadAsSomethingElse, StringComparer.Ordinal).Except(CheckedByHandler, StringComparer.Ordinal));
        Assert.Contains(fields, field => field.Property.Name == "ActionUrl");
    }

    [Theory]
    [InlineData("https://example.com/a", true)]
    [InlineData("/dashboard", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData(" javascript:alert(1)", false)]
    [InlineData("//evil.example", false)]
    [InlineData("dashboard", false)]
    [InlineData("http://", false)]
    [InlineData("", false)]
    public void WebLink_IsHttpOrOwnPath(string text, bool valid)
    {
        Assert.Equal(valid, WebLink.IsValid(text));
        Assert.Equal(valid ? text : null, WebLink.OrNull(text));
    }

    private static bool IsRequest(Type type) =>
        type is { IsClass: true, IsAbstract: false }
        && (
            type.Name is "Request" or "SubmissionConfiguration"
            || (
                type.DeclaringType is { } outer
                && outer.GetNestedType("Request") is not null
                && type.Name is not ("Response" or "Row")
                && outer.GetNestedType("Request")!.GetProperties().Any(p => p.PropertyType == type)
            )
        );

    private static string Name(Type type) => type.DeclaringType is { } outer ? $"{outer.Name}.{type.Name}" : type.Name;

    [GeneratedRegex("(Url|Uri|Link|Href|Picture|Image|Avatar|Logo)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LinkName();
}

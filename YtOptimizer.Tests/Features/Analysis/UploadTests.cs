using System.Net;
using System.Text;
using System.Text.Json;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Analysis;

/// <summary>Files that are sent to be analysed.</summary>
public class UploadTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Upload_VideoFile_IsStoredOnceAndQueued()
    {
        var user = await api.CreateUserAsync();
        var file = new byte[100_000];
        "\0\0\0\u0018ftypisom"u8.CopyTo(file);
        using var form = Form(file, "../../holiday.mp4", """{"language":"english","aiModel":"midjourney","tone":"casual"}""");
        var answer = await user.Client.PostAsync("/api/v1/analyze/upload", form, Ct);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var job = (await Tokens.JsonAsync(answer)).GetProperty("jobId").GetGuid();
        var payload = JsonDocument
            .Parse((await api.Database.Db.ScalarAsync<string>("SELECT payload::text FROM job_queue WHERE id = @job", new { job }, Ct))!)
            .RootElement;
        Assert.Equal(
            ("holiday.mp4", "video/mp4", "casual"),
            (
                payload.GetProperty("uploadName").GetString(),
                payload.GetProperty("uploadContentType").GetString(),
                payload.GetProperty("tone").GetString()
            )
        );
        Assert.StartsWith("uploads/", payload.GetProperty("uploadKey").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GIF89a, not a video at all", "{}", HttpStatusCode.UnsupportedMediaType, "unsupported_media")]
    [InlineData(null, "{}", HttpStatusCode.BadRequest, "file_missing")]
    [InlineData("ID3 an audio file of some length", "{\"surprise\":1}", HttpStatusCode.BadRequest, "invalid_configuration")]
    public async Task Upload_Unusable_IsRefusedWithItsCode(string? content, string configuration, HttpStatusCode status, string code)
    {
        var user = await api.CreateUserAsync();
        using var form = Form(content is null ? null : Encoding.ASCII.GetBytes(content), "a.mp4", configuration);
        var answer = await user.Client.PostAsync("/api/v1/analyze/upload", form, Ct);
        Assert.Equal((status, code), (answer.StatusCode, (await Tokens.JsonAsync(answer)).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Upload_NotMultipart_Is415()
    {
        var user = await api.CreateUserAsync();
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Submissions.PostAsync(user, "upload", "{}")).StatusCode);
    }

    private static MultipartFormDataContent Form(byte[]? file, string name, string configuration)
    {
        var form = new MultipartFormDataContent();
        if (file is not null)
        {
            form.Add(new ByteArrayContent(file), "video", name);
        }

        form.Add(new StringContent(configuration), "configuration");
        return form;
    }
}

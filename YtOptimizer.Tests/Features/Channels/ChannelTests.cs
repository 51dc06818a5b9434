using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using YtOptimizer.Analysis.Channels;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Features.Channels;

public class ChannelTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Path = "/api/v1/channel";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_MergesByVideoId_ReplacesAndDeletes_OnlyOnesOwn()
    {
        var (user, stranger) = (await api.CreateUserAsync(), await api.CreateUserAsync());
        await ImportAsync(stranger, "Content,Video title,Views\nsssssssssss,Theirs,5\n");
        var first = await ImportAsync(
            user,
            "Content,Video title,Video publish time,Views\nTotal,,,9\naaaaaaaaaaa,One,\"Mar 25, 2023\",3\nbbbbbbbbbbb,Two,,--\n"
        );
        Assert.Equal((2, 2), (first.GetProperty("imported").GetInt32(), first.GetProperty("videos").GetInt32()));
        Assert.Equal(["video", "title", "published", "views"], first.GetProperty("columns").EnumerateArray().Select(c => c.GetString()));

        // Takeout knows other things of the same videos; neither file takes away what the other told.
        await ImportAsync(
            user,
            "Video ID,Video Title (Original),Video Description (Original),Tag 1\naaaaaaaaaaa,One anew,Text,\nccccccccccc,Three,,bread\n"
        );
        var status = await JsonAsync(user, "");
        Assert.Equal((3, 1, 2, 2), (Int(status, "videos"), Int(status, "usable"), Int(status, "withDescription"), Int(status, "withTags")));
        Assert.Equal(
            "aaaaaaaaaaa|One anew|3|Text|{},bbbbbbbbbbb|Two|||,ccccccccccc|Three|||{bread}",
            await api.Database.Db.ScalarAsync<string>(
                """
                SELECT string_agg(
                    concat_ws('|', video_id, title, coalesce(views::text, ''), coalesce(description, ''), coalesce(tags::text, '')),
                    ',' ORDER BY video_id)
                FROM channel_videos WHERE user_id = @id
                """,
                new { id = user.Id },
                Ct
            )
        );
        var replaced = await ImportAsync(user, "Content;Video title;Views\nddddddddddd;Four;1.234\n", "?mode=replace");
        Assert.Equal(1, Int(replaced, "videos"));
        var deleted = await Tokens.JsonAsync(await user.Client.DeleteAsync(Path, Ct));
        Assert.Equal(1, Int(deleted, "videos"));
        Assert.Equal(0, Int(await Tokens.JsonAsync(await user.Client.DeleteAsync(Path, Ct)), "videos"));
        Assert.Equal((0, 1), (Int(await JsonAsync(user, ""), "videos"), Int(await JsonAsync(stranger, ""), "videos")));
    }

    [Fact]
    public async Task Import_AsAFormOrAnArchive_IsRead()
    {
        var user = await api.CreateUserAsync();
        using var form = new MultipartFormDataContent();
        form.Add(new StringContent("ignored"), "note");
        form.Add(
            new ByteArrayContent(Encoding.Unicode.GetBytes("\uFEFFContent\tVideo title\naaaaaaaaaaa\tÜber Brot\n")),
            "file",
            "Table data.csv"
        );
        var answer = await user.Client.PostAsync(Path + "/import", form, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, Int(await Tokens.JsonAsync(answer), "videos"));
    }

    [Theory]
    [InlineData("text/csv", "Content,Video title,Views\naaaaaaaaaaa,T,many\n", 400, "invalid_number")]
    [InlineData("text/csv", "a,b\n1,2\n", 400, "no_header")]
    [InlineData("text/csv", "Content,Video title\n", 400, "no_videos")]
    [InlineData("text/csv", "", 400, "file_missing")]
    [InlineData("application/json", "{}", 415, "unsupported_media_type")]
    [InlineData("multipart/form-data", "x", 415, "csv_expected")]
    [InlineData("application/zip", "PK\u0003\u0004broken", 400, "archive_broken")]
    public async Task Import_WhatIsNoExport_IsRefused(string type, string body, int status, string code)
    {
        var user = await api.CreateUserAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        var answer = await user.Client.PostAsync(Path + "/import", content, Ct);
        var problem = await Tokens.JsonAsync(answer);
        Assert.Equal((status, code), ((int)answer.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal(
            code == "invalid_number",
            problem.GetProperty("detail").GetString()!.StartsWith("Line 2, column \"Views\"", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Import_TooLargeOrTooMany_IsRefusedAndChangesNothing()
    {
        var user = await api.CreateUserAsync();
        using var large = new ByteArrayContent(new byte[(16 * 1024 * 1024) + 1]);
        large.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await user.Client.PostAsync(Path + "/import", large, Ct)).StatusCode);

        await ImportAsync(user, "Content,Video title\nxxxxxxxxxxx,There already\n");
        var full = new StringBuilder("Content,Video title\n");
        for (var i = 0; i < StudioFile.MostVideos; i++)
        {
            full.Append(CultureInfo.InvariantCulture, $"{i:00000000000},T{i}\n");
        }

        var answer = await user.Client.PostAsync(Path + "/import", Csv(full.ToString()), Ct);
        Assert.Equal(
            (HttpStatusCode.Conflict, "too_many_videos"),
            (answer.StatusCode, (await Tokens.JsonAsync(answer)).GetProperty("code").GetString())
        );
        Assert.Equal(1, Int(await JsonAsync(user, ""), "videos"));
        Assert.Equal(HttpStatusCode.BadRequest, (await user.Client.PostAsync(Path + "/import?mode=add", Csv("x"), Ct)).StatusCode);
    }

    [Fact]
    public async Task Model_PredictsByTheChannelsPast_AndSaysWhenItCannot()
    {
        var user = await api.CreateUserAsync();
        Assert.Equal("not_enough_data", (await JsonAsync(user, "/model")).GetProperty("status").GetString());
        await ImportAsync(user, Export());
        var model = await JsonAsync(user, "/model");
        Assert.Equal(("ready", 120), (model.GetProperty("status").GetString(), Int(model, "usable")));
        Assert.True(model.GetProperty("validity").GetProperty("proven").GetBoolean());
        Assert.Contains(model.GetProperty("words").GetProperty("lifting").EnumerateArray(), words =>
            words.GetProperty("words").GetString()!.Contains("sourdough", StringComparison.Ordinal)
        );

        var answer = await user.Client.PostAsJsonAsync(
            Path + "/predictions",
            new { titles = new[] { "Sourdough bread number one", "Zebra crossing" } },
            Ct
        );
        var predictions = (await Tokens.JsonAsync(answer)).GetProperty("predictions");
        Assert.True(predictions[0].GetProperty("timesUsual").GetDouble() > 1);
        Assert.NotEmpty(predictions[0].GetProperty("neighbours").EnumerateArray());
        Assert.Equal("noEvidence", predictions[1].GetProperty("basis").GetString());
        foreach (var bad in (object[])[new { titles = Array.Empty<string>() }, new { titles = new[] { "T" }, videoId = "short" }, new { }])
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await user.Client.PostAsJsonAsync(Path + "/predictions", bad, Ct)).StatusCode);
        }

        var stranger = await api.CreateUserAsync();
        var theirs = await stranger.Client.PostAsJsonAsync(Path + "/predictions", new { titles = new[] { "Sourdough bread" } }, Ct);
        Assert.Equal("notEnoughData", (await Tokens.JsonAsync(theirs)).GetProperty("predictions")[0].GetProperty("basis").GetString());
        var doctor = await JsonAsync(user, "/doctor");
        Assert.Equal((120, 5), (Int(doctor, "videos"), doctor.GetProperty("checks").GetArrayLength()));
    }

    [Fact]
    public async Task TitleTest_IsPlannedKeptAndRecorded_ByItsOwnerAlone()
    {
        var (user, stranger) = (await api.CreateUserAsync(), await api.CreateUserAsync());
        var titles = new { titles = new[] { "Sourdough bread", "Kitchen knife" } };
        var unknown = await user.Client.PostAsJsonAsync(Path + "/title-tests", titles, Ct);
        Assert.Equal((HttpStatusCode.Conflict, "impressions_unknown"), await CodeAsync(unknown));
        await ImportAsync(user, Export());
        var missing = await user.Client.PostAsJsonAsync(Path + "/title-tests", new { titles.titles, videoId = "zzzzzzzzzzz" }, Ct);
        Assert.Equal((HttpStatusCode.NotFound, "video_not_found"), await CodeAsync(missing));

        var answer = await user.Client.PostAsJsonAsync(Path + "/title-tests", titles, Ct);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var planned = await Tokens.JsonAsync(answer);
        var id = planned.GetProperty("id").GetGuid();
        Assert.Equal(3, planned.GetProperty("plan").GetProperty("titles").GetArrayLength());
        Assert.True(planned.GetProperty("plan").GetProperty("impressionsNeeded").GetInt64() > 0);
        var same = new { titles = new[] { planned.GetProperty("plan").GetProperty("current").GetString() } };
        var nothing = await Tokens.JsonAsync(await user.Client.PostAsJsonAsync(Path + "/title-tests", same, Ct));
        Assert.Equal(JsonValueKind.Null, nothing.GetProperty("id").ValueKind);

        Assert.Equal(
            HttpStatusCode.NotFound,
            (await stranger.Client.PostAsJsonAsync($"{Path}/title-tests/{id}/result", Result(50, 30, 20), Ct)).StatusCode
        );
        foreach (var bad in (object[])[Result(50, 50), Result(90, 90, 90), new { watchTimePercent = new[] { 40, 60 }, winner = 2 }])
        {
            Assert.Equal(
                HttpStatusCode.BadRequest,
                (await user.Client.PostAsJsonAsync($"{Path}/title-tests/{id}/result", bad, Ct)).StatusCode
            );
        }

        var recorded = await user.Client.PostAsJsonAsync($"{Path}/title-tests/{id}/result", Result(30, 50, 20), Ct);
        Assert.Equal(1, Int(await Tokens.JsonAsync(recorded), "winner"));
        Assert.Equal(1, (await JsonAsync(user, "/title-tests")).GetArrayLength());
        Assert.Equal(0, (await JsonAsync(stranger, "/title-tests")).GetArrayLength());
        Assert.Equal(1, Int((await JsonAsync(user, "/model")).GetProperty("titleTests"), "finished"));
    }

    [Fact]
    public async Task Account_Deleted_TakesTheChannelWithIt()
    {
        var user = await api.CreateUserAsync();
        await ImportAsync(user, Export());
        await user.Client.PostAsJsonAsync(Path + "/title-tests", new { titles = new[] { "Something else entirely" } }, Ct);
        await api.Database.Db.ExecuteAsync("DELETE FROM profiles WHERE id = @id", new { id = user.Id }, Ct);
        Assert.Equal(
            0,
            await api.Database.Db.ScalarAsync<long>(
                """
                SELECT (SELECT count(*) FROM channel_videos WHERE user_id = @id)
                    + (SELECT count(*) FROM channel_title_tests WHERE user_id = @id)
                """,
                new { id = user.Id },
                Ct
            )
        );
    }

    [Fact]
    public async Task Channel_WithoutAnAccount_IsRefused()
    {
        using var anonymous = api.Anonymous();
        foreach (var path in (string[])["", "/model", "/doctor", "/title-tests"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.GetAsync(Path + path, Ct)).StatusCode);
        }

        foreach (var path in (string[])["/import", "/predictions", "/title-tests", $"/title-tests/{Guid.CreateVersion7()}/result"])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.PostAsync(Path + path, null, Ct)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await anonymous.DeleteAsync(Path, Ct)).StatusCode);
    }

    /// <summary>120 videos of two topics: bread does five times as well as knives, give or take.</summary>
    internal static string Export()
    {
        var text = new StringBuilder(
            "Content,Video title,Video publish time,Views,Impressions,Impressions click-through rate (%)\nTotal,,,9,9,9\n"
        );
        var first = new DateOnly(2024, 1, 1);
        for (var i = 0; i < 120; i++)
        {
            var bread = i * 7919 % 13 < 6;
            text.Append(
                CultureInfo.InvariantCulture,
                $"{i:00000000000},{(bread ? "Sourdough bread" : "Kitchen knife")} number {i * 31 % 97},{first.AddDays(i):yyyy-MM-dd},"
                    + $"{(bread ? 5000 : 1000) + (i * 7 % 11 * 40)},20000,{(i == 100 ? 2 : 5)}.5\n"
            );
        }

        return text.ToString();
    }

    private static object Result(params int[] shares) => new { watchTimePercent = shares, winner = 1 };

    private static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");

    private static int Int(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private static async Task<(HttpStatusCode, string?)> CodeAsync(HttpResponseMessage answer) =>
        (answer.StatusCode, (await Tokens.JsonAsync(answer)).GetProperty("code").GetString());

    private static async Task<JsonElement> JsonAsync(ApiUser user, string path) =>
        await Tokens.JsonAsync(await user.Client.GetAsync(Path + path, Ct));

    private static async Task<JsonElement> ImportAsync(ApiUser user, string text, string query = "")
    {
        var answer = await user.Client.PostAsync(Path + "/import" + query, Csv(text), Ct);
        var json = await Tokens.JsonAsync(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, json.ToString());
        return json;
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsCheck;
using YtOptimizer.Analysis.Channels;

namespace YtOptimizer.Tests.Analysis.Channels;

public class StudioFileTests
{
    private const string Id = "dQw4w9WgXcQ";
    private static readonly string[] Locales = ["en-US", "de-DE", "fr-FR", "de-CH", "pt-BR", "ru-RU", "ja-JP"];
    private static readonly string[] Separators = [",", ";", "\t"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Exports =>
        new()
        {
            {
                "en",
                "Content,Video title,Video publish time,Duration,Views,Watch time (hours),Subscribers,Impressions,"
                    + "Impressions click-through rate (%)\nTotal,,,,\"9,999\",1,1,1,1\n"
                    + $"{Id},\"Bread, \"\"at home\"\"\",\"Mar 25, 2023\",754,\"1,234\",56.5,-3,\"45,678\",6.27\n"
            },
            {
                "de, as Studio hyphenates it",
                "Vi\u00ADdeo,Vi\u00ADdeo\u00ADti\u00ADtel,Ver\u00ADöf\u00ADfent\u00ADli\u00ADchungs\u00ADzeit\u00ADpunkt des "
                    + "Vi\u00ADde\u00ADos,Dauer,Auf\u00ADru\u00ADfe,Wie\u00ADder\u00ADga\u00ADbe\u00ADzeit (Stun\u00ADden),"
                    + "Abon\u00ADnen\u00ADten,Im\u00ADpres\u00ADsio\u00ADnen,Klick\u00ADra\u00ADte der Im\u00ADpres\u00ADsio\u00ADnen (%)\n"
                    + "Ge\u00ADsamt,,,,9999,1,1,1,1\n"
                    + $"{Id},\"Bread, \"\"at home\"\"\",25. März 2023,12:34,1.234,\"56,5\",-3,45.678,\"6,27\"\n"
            },
            {
                "fr",
                "Contenu;Titre de la vidéo;Heure de publication de la vidéo;Durée;Vues;Durée de visionnage (heures);Abonnés;Impressions;"
                    + "Taux de clics par impression (%)\nTotal;;;;9\u202F999;1;1;1;1\n"
                    + $"{Id};\"Bread, \"\"at home\"\"\";25 mars 2023;754;1\u202F234;56,5;−3;45\u202F678;6,27 %\n"
            },
            {
                "es",
                "Contenido;Título del vídeo;Hora de publicación del vídeo;Duración;Visualizaciones;Tiempo de visualización (horas);"
                    + "Suscriptores;Impresiones;Porcentaje de clics de las impresiones (%)\nTotal;;;;9.999;1;1;1;1\n"
                    + $"{Id};\"Bread, \"\"at home\"\"\";25 mar 2023;754;1.234;56,5;-3;45.678;6,27\n"
            },
            {
                "pt, with separators of tabs",
                "Conteúdo\tTítulo do vídeo\tHorário de publicação do vídeo\tDuração\tVisualizações\tTempo de exibição (horas)\tInscritos\t"
                    + "Impressões\tTaxa de cliques de impressões (%)\nTotal\t\t\t\t9999\t1\t1\t1\t1\n"
                    + $"{Id}\t\"Bread, \"\"at home\"\"\"\t25 de mar. de 2023\t754\t1.234\t56,5\t-3\t45.678\t6,27\n"
            },
            {
                "it",
                "Contenuti,Titolo del video,Ora pubblicazione video,Durata,Visualizzazioni,Tempo di visualizzazione (ore),Iscritti,"
                    + "Impressioni,Percentuale di clic delle impressioni (%)\nTotale,,,,9999,1,1,1,1\n"
                    + $"{Id},\"Bread, \"\"at home\"\"\",25 mar 2023,754,1234,56.5,-3,45678,6.27\n"
            },
            {
                "ru",
                "Контент,Название видео,Время публикации видео,Продолжительность,Просмотры,Время просмотра (часы),Подписчики,Показы,"
                    + "CTR для значков видео (%)\nИтоговое значение,,,,9999,1,1,1,1\n"
                    + $"{Id},\"Bread, \"\"at home\"\"\",25 мар. 2023 г.,754,1\u00A0234,\"56,5\",-3,45\u00A0678,\"6,27\"\n"
            },
            {
                "ja",
                "コンテンツ,動画のタイトル,動画公開時刻,長さ,視聴回数,総再生時間（単位: 時間）,チャンネル登録者,インプレッション数,"
                    + "インプレッションのクリック率 (%)\n合計,,,,9999,1,1,1,1\n"
                    + $"{Id},\"Bread, \"\"at home\"\"\",2023年3月25日,754,\"1,234\",56.5,-3,\"45,678\",6.27\n"
            },
        };

    [Theory]
    [MemberData(nameof(Exports))]
    public void Read_ExportOfAnyLanguage_FindsTheSame(string language, string text)
    {
        Assert.NotEmpty(language);
        foreach (var encoding in (Encoding[])[new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            var file = StudioFile.Read([.. encoding.GetPreamble(), .. encoding.GetBytes(text)], Ct);
            Assert.Equal(
                new ChannelVideo
                {
                    VideoId = Id,
                    Title = "Bread, \"at home\"",
                    PublishedAt = new DateTimeOffset(2023, 3, 25, 0, 0, 0, TimeSpan.Zero),
                    Duration = TimeSpan.FromSeconds(754),
                    Views = 1234,
                    WatchHours = 56.5,
                    Subscribers = -3,
                    Impressions = 45_678,
                    ClickThroughPercent = 6.27,
                },
                Assert.Single(file.Videos)
            );
        }
    }

    [Fact]
    public void Read_Takeout_HasDescriptionsTagsAndTimes()
    {
        const string text =
            "Video ID,Approx Duration (ms),Video Description (Original),Channel ID,Tag 1,Tag 2,Video Title (Original),Privacy,Video Create "
            + "Timestamp,Video Publish Timestamp\n"
            + "aaaaaaaaaaa,90500,\"First line\nsecond, \"\"quoted\"\"\",UC1,bread,sour dough,Part 1,Public,2021-01-30T05:26:03+00:00,\n"
            + "bbbbbbbbbbb,1000,,UC1,,,Part 2,Public,2021-01-30T05:26:03+00:00,2021-02-01T00:00:00+01:00\n"
            + "ccccccccccc,1000,,UC1,,,,Public,2021-01-30T05:26:03+00:00,\n";
        var file = StudioFile.Read(Encoding.UTF8.GetBytes(text), Ct);
        Assert.Equal((2, 1), (file.Videos.Count, file.LeftOut));
        Assert.Equal("First line\nsecond, \"quoted\"", file.Videos[0].Description);
        Assert.Equal(["bread", "sour dough"], file.Videos[0].Tags);
        Assert.Equal(new DateTimeOffset(2021, 1, 30, 5, 26, 3, TimeSpan.Zero), file.Videos[0].PublishedAt);
        Assert.Equal(TimeSpan.FromMilliseconds(90_500), file.Videos[0].Duration);
        Assert.Equal(
            (0, new DateTimeOffset(2021, 1, 31, 23, 0, 0, TimeSpan.Zero)),
            (file.Videos[1].Tags!.Count, file.Videos[1].PublishedAt)
        );
    }

    [Theory]
    [InlineData("no_header", null, "Name,Age\nA,3\n")]
    [InlineData("no_header", null, "")]
    [InlineData("rows_are_days", null, "Date,Content,Video title,Views\n2024-01-01,aaaaaaaaaaa,T,3\n")]
    [InlineData("invalid_number", "Line 3, column \"Views\"", "Content,Video title,Views\naaaaaaaaaaa,T,3\nbbbbbbbbbbb,T,many\n")]
    [InlineData("invalid_number", "Line 2, column \"Views\"", "Content,Video title,Views\naaaaaaaaaaa,T,-3\n")]
    [InlineData("invalid_number", "Line 2, column \"Views\"", "Content,Video title,Views\naaaaaaaaaaa,T,1.5\n")]
    [InlineData(
        "invalid_date",
        "Line 4, column \"Video publish time\"",
        "Content,Video title,Video publish time\naaaaaaaaaaa,\"a\nb\",\nbbbbbbbbbbb,T,2024-02-30\n"
    )]
    [InlineData("invalid_video_id", "Line 2, column \"Content\"", "Content,Video title,Views\nshort,T,3\n")]
    [InlineData("too_many_fields", "Line 2", "Content,Video title,Views\naaaaaaaaaaa,T,3,4\n")]
    [InlineData("invalid_duration", "Line 2, column \"Duration\"", "Content,Video title,Duration\naaaaaaaaaaa,T,1:2:3:4\n")]
    public void Read_WrongFile_SaysWhatAndWhere(string code, string? where, string text)
    {
        var wrong = Assert.Throws<StudioExportException>(() => Read(text));
        Assert.Equal(code, wrong.Code);
        Assert.StartsWith(where ?? "", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--")]
    [InlineData("")]
    [InlineData("—")]
    public void Read_NoValue_IsNull(string none) =>
        Assert.Null(Assert.Single(Read($"Content,Video title,Views\naaaaaaaaaaa,T,{none}\n").Videos).Views);

    [Fact]
    public void Read_TotalOfAnUnknownLanguage_IsNoVideo() =>
        Assert.Single(Read("Content,Video title,Views\nΣύνολο,,99\naaaaaaaaaaa,T,3\n").Videos);

    [Fact]
    public void Read_Archive_TakesTheFilesWithARowAVideo()
    {
        var archive = Archive(
            ("Chart data.csv", "Date,Content,Video title,Views\n2024-01-01,aaaaaaaaaaa,T,3\n"),
            ("Table data.csv", "Content,Video title,Views\naaaaaaaaaaa,T,3\n"),
            ("Totals.csv", "Date,Views\n2024-01-01,3\n")
        );
        Assert.Equal(3, Assert.Single(StudioFile.Read(archive, Ct).Videos).Views);
        var none = Assert.Throws<StudioExportException>(() => StudioFile.Read(Archive(("Totals.csv", "Date,Views\n")), Ct));
        Assert.Equal("no_table", none.Code);
        Assert.Equal(
            "archive_broken",
            Assert.Throws<StudioExportException>(() => StudioFile.Read(archive[..(archive.Length / 2)], Ct)).Code
        );
    }

    [Fact]
    public void Read_ArchiveThatGrows_IsRefused()
    {
        var bomb = Archive(("Table data.csv", new string('a', StudioFile.MostBytes + 1)));
        Assert.True(bomb.Length < 100_000, $"{bomb.Length}");
        Assert.Equal("file_too_large", Assert.Throws<StudioExportException>(() => StudioFile.Read(bomb, Ct)).Code);
        var many = Archive([.. Enumerable.Range(0, 201).Select(i => ($"{i}.csv", ""))]);
        Assert.Equal("archive_too_large", Assert.Throws<StudioExportException>(() => StudioFile.Read(many, Ct)).Code);
    }

    [Fact]
    public void Read_WhatAnyLocaleWrites_ComesBack() =>
        Gen.Select(
                Gen.Select(
                    Gen.Long[0, 5_000_000_000],
                    Gen.Double[0, 9_999_999],
                    Gen.Int[0, 8000],
                    Gen.String[Gen.Char[' ', 'ÿ'], 1, 40]
                ).List[1, 20],
                Gen.Int[0, Locales.Length - 1],
                Gen.Int[0, Separators.Length - 1]
            )
            .Sample(
                (rows, locale, mark) =>
                {
                    // Grouped digits and decimals as the locale has them; what the file cannot tell is left out.
                    var (culture, separator) = (CultureInfo.GetCultureInfo(Locales[locale]), Separators[mark]);
                    var text = new StringBuilder(
                        string.Join(separator, "Content", "Video title", "Video publish time", "Views", "Watch time (hours)")
                    );
                    var day = new DateTime(2010, 1, 1, 0, 0, 0, DateTimeKind.Utc);
                    for (var i = 0; i < rows.Count; i++)
                    {
                        var (views, hours, days, title) = rows[i];
                        text.Append('\n')
                            .AppendJoin(
                                separator,
                                new[]
                                {
                                    $"{i:00000000000}",
                                    title + "x",
                                    day.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                                    views.ToString("N0", culture),
                                    hours.ToString("N2", culture),
                                }.Select(field => '"' + field.Replace("\"", "\"\"", StringComparison.Ordinal) + '"')
                            );
                    }

                    var read = Read(text.ToString()).Videos;
                    return read.Count == rows.Count
                        && read.Zip(rows)
                            .All(pair =>
                                pair.First.Views == pair.Second.Item1
                                && Math.Abs(pair.First.WatchHours!.Value - Math.Round(pair.Second.Item2, 2)) < 0.011
                                && pair.First.PublishedAt == new DateTimeOffset(day.AddDays(pair.Second.Item3), TimeSpan.Zero)
                                && pair.First.Title == (pair.Second.Item4 + "x").Trim()
                            );
                },
                iter: 300
            );

    [Fact]
    public void Read_AnyBytes_ReadsOrSaysWhy() =>
        Gen
            .Byte.Array[0, 400]
            .Sample(
                bytes =>
                {
                    try
                    {
                        StudioFile.Read(bytes, Ct);
                    }
                    catch (StudioExportException)
                    {
                        // Told in words.
                    }
                },
                iter: 2000
            );

    private static StudioFile Read(string text) => StudioFile.Read(Encoding.UTF8.GetBytes(text), Ct);

    private static byte[] Archive(params (string Name, string Text)[] files)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var writer = new StreamWriter(archive.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return stream.ToArray();
    }
}

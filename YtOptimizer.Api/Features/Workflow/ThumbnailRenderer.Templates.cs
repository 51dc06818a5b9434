using SkiaSharp;

namespace YtOptimizer.Api.Features.Workflow;

internal sealed partial class ThumbnailRenderer
{
    private static void BigBold(Sheet sheet)
    {
        sheet.Backdrop(new SKColor(0xF9, 0x73, 0x16), new SKColor(0x7C, 0x2D, 0x12), frameBlur: 6);
        sheet.Shade(0.35f);
        sheet.Vignette(0.45f);
        sheet.Text.Draw(
            sheet.Fields.Text("mainText"),
            Inside,
            new TextLook(
                sheet.Fields.Color("textColor", SKColors.White),
                190,
                3,
                sheet.Fields.Color("textOutlineColor", SKColors.Black),
                18,
                sheet.Fields.Share("textShadow", 0.7f)
            )
        );
    }

    private static void FaceLeft(Sheet sheet)
    {
        sheet.Backdrop(new SKColor(0x1D, 0x4E, 0xD8), new SKColor(0x0F, 0x17, 0x2A));
        var right = sheet.Fields.Text("personPosition") == "right";
        var face = sheet.Fields.Picture("personImageUrl") ?? sheet.Frame;
        var person = right ? new SKRect(720, 0, Width, Height) : new SKRect(0, 0, 560, Height);
        var words =
            face is null ? Inside
            : right ? new SKRect(Margin, Margin, 680, Height - Margin - 40)
            : new SKRect(600, Margin, Width - Margin, Height - Margin - 40);
        sheet.Picture(face, person);
        sheet.Fill(
            new SKRect(words.Left - 24, words.Top, words.Right + 24, words.Bottom),
            sheet
                .Fields.Color("textBackgroundColor", SKColors.Black)
                .WithAlpha((byte)(255 * sheet.Fields.Share("textBackgroundOpacity", 0.45f))),
            28
        );
        sheet.Text.Draw(
            sheet.Fields.Text("mainText"),
            words,
            new TextLook(sheet.Fields.Color("textColor", SKColors.White), 140, 4, SKColors.Black, 10, 0.5f)
        );
        if (face is not null && sheet.Fields.Flag("showArrow", false))
        {
            sheet.Arrow(new SKPoint(words.MidX, words.Bottom - 20), new SKPoint(person.MidX, words.Bottom - 20), SKColors.Yellow);
        }
    }

    private static void Documentary(Sheet sheet)
    {
        sheet.Backdrop(new SKColor(0x44, 0x40, 0x3C), new SKColor(0x0C, 0x0A, 0x09), frameBlur: 2);
        sheet.Shade(0.25f);
        sheet.Fill(Whole, SKColors.Black.WithAlpha((byte)(255 * sheet.Fields.Share("overlayOpacity", 0.4f))), 0);
        sheet.Fill(new SKRect(0, 0, Width, 64), SKColors.Black, 0);
        sheet.Fill(new SKRect(0, Height - 64, Width, Height), SKColors.Black, 0);
        sheet.Text.Draw(
            sheet.Fields.Text("mainTitle", "mainText"),
            new SKRect(Margin, 100, Width - Margin, 440),
            new TextLook(sheet.Fields.Color("titleColor", SKColors.White), 150, 2, Shadow: 0.9f)
        );
        sheet.Fill(new SKRect((Width / 2) - 90, 478, (Width / 2) + 90, 486), new SKColor(0xD9, 0x77, 0x06), 0);
        sheet.Text.Draw(
            sheet.Fields.Text("subtitle"),
            new SKRect(Margin, 504, Width - Margin, 640),
            new TextLook(sheet.Fields.Color("subtitleColor", new SKColor(0xE7, 0xE5, 0xE4)), 64, 2, Shadow: 0.8f)
        );
    }

    private static void BeforeAfter(Sheet sheet)
    {
        sheet.Backdrop(new SKColor(0x47, 0x55, 0x69), new SKColor(0x16, 0xA3, 0x4A), horizontal: true);
        var (before, after) = (
            sheet.Fields.Picture("beforeImage", "beforeImageUrl"),
            sheet.Fields.Picture("afterImage", "afterImageUrl") ?? sheet.Frame
        );
        sheet.Picture(before, new SKRect(0, 0, Width / 2f, Height));
        sheet.Picture(after, new SKRect(Width / 2f, 0, Width, Height));
        var ground = sheet.Fields.Color("labelBackground", sheet.Fields.Color("labelBackgroundColor", SKColors.Black));
        var color = sheet.Fields.Color("labelColor", SKColors.White);
        sheet.Label(sheet.Fields.Text("beforeLabel") ?? "BEFORE", new SKRect(48, 40, 592, 190), color, ground);
        sheet.Label(sheet.Fields.Text("afterLabel") ?? "AFTER", new SKRect(688, 40, 1232, 190), color, ground);
        sheet.Fill(new SKRect((Width / 2f) - 6, 0, (Width / 2f) + 6, Height), SKColors.White, 0);
        if (sheet.Fields.Text("dividerStyle") is "vs")
        {
            sheet.Circle(new SKPoint(Width / 2f, Height / 2f), 84, SKColors.Red);
            sheet.Text.Draw(
                "VS",
                new SKRect((Width / 2f) - 80, (Height / 2f) - 60, (Width / 2f) + 80, (Height / 2f) + 60),
                new TextLook(SKColors.White, 84, 1)
            );
        }
        else if (sheet.Fields.Text("dividerStyle") is null or "arrow")
        {
            sheet.Circle(new SKPoint(Width / 2f, Height / 2f), 84, SKColors.White);
            sheet.Arrow(
                new SKPoint((Width / 2f) - 46, Height / 2f),
                new SKPoint((Width / 2f) + 46, Height / 2f),
                new SKColor(0x16, 0xA3, 0x4A)
            );
        }
    }

    private static void CenterObject(Sheet sheet)
    {
        sheet.Backdrop(new SKColor(0xF8, 0xFA, 0xFC), new SKColor(0xCB, 0xD5, 0xE1), blur: sheet.Fields.Share("backgroundBlur", 0.2f) * 40);
        var ink = sheet.Fields.Color("textColor", new SKColor(0x0F, 0x17, 0x2A));
        var thing = sheet.Fields.Picture("centerObjectUrl");
        sheet.Picture(
            thing,
            new SKRect(400, 220, 880, 560),
            cover: false,
            shadow: sheet.Fields.Flag("objectShadow", true),
            glow: sheet.Fields.Flag("objectGlow", false) ? SKColors.Gold : null
        );
        sheet.Text.Draw(
            sheet.Fields.Text("topText", "mainText"),
            new SKRect(Margin, 28, Width - Margin, thing is null ? 540 : 212),
            new TextLook(ink, thing is null ? 150 : 112, thing is null ? 3 : 2, Shadow: 0.15f)
        );
        // As far from the middle on both sides as the duration badge allows.
        sheet.Text.Draw(sheet.Fields.Text("bottomText"), new SKRect(180, 580, Width - 180, 690), new TextLook(ink, 80, 1, Shadow: 0.15f));
    }

    private static void Neon(Sheet sheet)
    {
        var (first, second) = (
            sheet.Fields.Color("neonColor", new SKColor(0x22, 0xD3, 0xEE)),
            sheet.Fields.Color("secondaryNeonColor", new SKColor(0xE8, 0x79, 0xF9))
        );
        sheet.Backdrop(new SKColor(0x0B, 0x10, 0x26), new SKColor(0x2E, 0x10, 0x65));
        if (sheet.Fields.Flag("showGrid", true))
        {
            sheet.Lines(second.WithAlpha(70), 64, vertical: true);
            sheet.Lines(second.WithAlpha(70), 64, vertical: false);
        }

        sheet.Border(new SKRect(40, 40, Width - 40, Height - 40), first, second);
        var glow = (byte)(255 * Math.Max(0.3f, sheet.Fields.Share("glowIntensity", 0.8f)));
        sheet.Text.Draw(sheet.Fields.Text("mainText"), Inside, new TextLook(SKColors.White, 160, 3, first, 8, Glow: first.WithAlpha(glow)));
        if (sheet.Fields.Flag("showScanlines", true))
        {
            sheet.Lines(SKColors.Black.WithAlpha(60), 6, vertical: false);
        }
    }

    private static void Reaction(Sheet sheet)
    {
        sheet.Backdrop(new SKColor(0xFA, 0xCC, 0x15), new SKColor(0xDC, 0x26, 0x26));
        var left = sheet.Fields.Text("personPosition") != "right";
        var person = left ? new SKRect(0, 150, 600, Height) : new SKRect(680, 150, Width, Height);
        var thing = left ? new SKRect(680, 220, 1200, 640) : new SKRect(80, 220, 600, 640);
        var (face, picture) = (sheet.Fields.Picture("personImageUrl") ?? sheet.Frame, sheet.Fields.Picture("objectImageUrl"));
        sheet.Picture(face, person);
        sheet.Picture(picture, thing, cover: false, shadow: true);
        if (face is not null && picture is not null && sheet.Fields.Flag("showConnector", true))
        {
            sheet.Arrow(
                new SKPoint(person.MidX + (left ? 180 : -180), 420),
                new SKPoint(thing.MidX + (left ? -150 : 150), 420),
                SKColors.White
            );
        }

        sheet.Text.Draw(
            sheet.Fields.Text("mainText"),
            face is null && picture is null ? Inside : new SKRect(Margin, 24, Width - Margin, 210),
            new TextLook(
                sheet.Fields.Color("textColor", SKColors.White),
                face is null && picture is null ? 170 : 120,
                2,
                SKColors.Black,
                14,
                0.6f
            )
        );
    }

    private static void TwoTone(Sheet sheet)
    {
        sheet.Split(
            sheet.Fields.Color("leftColor", new SKColor(0xDC, 0x26, 0x26)),
            sheet.Fields.Color("rightColor", new SKColor(0x1D, 0x4E, 0xD8)),
            sheet.Fields.Text("dividerStyle") ?? "diagonal"
        );
        sheet.Text.Draw(
            sheet.Fields.Text("mainText"),
            Inside,
            new TextLook(
                sheet.Fields.Color("textColor", SKColors.White),
                170,
                3,
                sheet.Fields.Color("textOutlineColor", SKColors.Black),
                14,
                0.5f
            )
        );
    }

    private static void Blurred(Sheet sheet)
    {
        sheet.Backdrop(
            new SKColor(0x0D, 0x94, 0x88),
            new SKColor(0x31, 0x2E, 0x81),
            blur: 8 + (sheet.Fields.Share("blurIntensity", 0.5f) * 40),
            frameBlur: 8 + (sheet.Fields.Share("blurIntensity", 0.5f) * 40)
        );
        if (sheet.Fields.Flag("showTextBox", true))
        {
            sheet.Fill(
                new SKRect(96, 160, Width - 96, 540),
                sheet.Fields.Color("textBoxColor", SKColors.Black).WithAlpha((byte)(255 * sheet.Fields.Share("textBoxOpacity", 0.5f))),
                32
            );
        }

        var outlined = sheet.Fields.Text("textStyle") == "outlined";
        sheet.Text.Draw(
            sheet.Fields.Text("mainText"),
            new SKRect(140, 180, Width - 140, 520),
            new TextLook(sheet.Fields.Color("textColor", SKColors.White), 140, 3, outlined ? SKColors.Black : null, outlined ? 12 : 0, 0.5f)
        );
    }

    private static void Magazine(Sheet sheet)
    {
        sheet.Backdrop(new SKColor(0xFA, 0xFA, 0xF9), new SKColor(0xE7, 0xE5, 0xE4));
        var accent = sheet.Fields.Color("accentColor", new SKColor(0xBE, 0x12, 0x3C));
        var cover = sheet.Fields.Picture("coverImageUrl") ?? sheet.Frame;
        var right = cover is null ? Width - Margin : 600;
        sheet.Picture(cover, new SKRect(620, 0, Width, Height));
        sheet.Fill(new SKRect(0, 0, 28, Height), accent, 0);
        var headline = sheet.Fields.Text("mainHeadline", "mainText");
        var start = ThumbnailText.Start(headline);
        sheet.Text.Draw(
            headline,
            new SKRect(80, 70, right, 480),
            new TextLook(sheet.Fields.Color("headlineColor", new SKColor(0x1C, 0x19, 0x17)), cover is null ? 150 : 120, 4, Align: start)
        );
        sheet.Fill(start == SKTextAlign.Left ? new SKRect(80, 500, 260, 510) : new SKRect(right - 180, 500, right, 510), accent, 0);
        sheet.Text.Draw(
            sheet.Fields.Text("subtitle"),
            new SKRect(80, 530, right, 670),
            new TextLook(sheet.Fields.Color("subtitleColor", new SKColor(0x57, 0x53, 0x4E)), 56, 2, Align: start)
        );
        sheet.Picture(sheet.Fields.Picture("logoUrl"), new SKRect(1100, 30, 1240, 130), cover: false);
    }

    private static void Brand(Sheet sheet, ThumbnailOrder order)
    {
        if (order.Logo is not null)
        {
            const float Edge = 20;
            var x = order.LogoPosition.EndsWith("left", StringComparison.Ordinal) ? Edge : Width - Edge - order.LogoSize;
            var y = order.LogoPosition.StartsWith("top", StringComparison.Ordinal) ? Edge : Height - Edge - order.LogoSize;
            sheet.Picture(order.Logo, new SKRect(x, y, x + order.LogoSize, y + order.LogoSize), cover: false);
        }

        sheet.Text.Draw(
            order.Watermark,
            new SKRect(24, Height - 64, 500, Height - 16),
            new TextLook(SKColors.White.WithAlpha(190), 30, 1, Shadow: 0.8f, Align: SKTextAlign.Left)
        );
    }
}

using System.Text;

namespace YtOptimizer.Analysis.Transcripts;

/// <summary>
/// TTML (https://www.w3.org/TR/ttml2/) and its profiles: the words of each paragraph at its time. Times count from the beginning of the
/// element around; styles, regions and metadata are no words.
/// </summary>
internal static class TimedTextReader
{
    private sealed record Element(string Name, TimeSpan Begin, TimeSpan? End, bool IsTimed, bool HasBegin, string Track);

    public static List<Cue> Read(string text)
    {
        var scanner = new MarkupScanner(text);
        var clock = new TimedTextClock();
        var open = new Stack<Element>();
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var found = new List<(string Track, Cue Cue)>();
        var words = new StringBuilder();
        var hidden = 0;
        Element? paragraph = null;
        Element? cue = null;
        while (scanner.Next())
        {
            switch (scanner.Kind)
            {
                case MarkupToken.Text when cue is not null && hidden == 0:
                    // Line ends in the file are only layout; <br/> is a line end.
                    words.Append(XmlCaptions.Characters(scanner).Replace('\n', ' '));
                    break;
                case MarkupToken.Start when scanner.Name == "br":
                    words.Append('\n');
                    break;
                case MarkupToken.Start:
                    var element = Open(scanner, clock, open.Count > 0 ? open.Peek() : null);
                    if (element.Name == "p" || (element.Name == "span" && paragraph is { HasBegin: false } && element.HasBegin))
                    {
                        Close();
                        cue = element;
                        paragraph = element.Name == "p" ? element : paragraph;
                    }

                    if (!scanner.IsEmpty)
                    {
                        open.Push(element);
                        names[element.Name] = names.GetValueOrDefault(element.Name) + 1;
                        hidden += IsNoSpeech(element.Name) ? 1 : 0;
                    }

                    break;
                case MarkupToken.End:
                    // A tag that was never opened closes nothing.
                    while (names.GetValueOrDefault(scanner.Name) > 0)
                    {
                        var ended = open.Pop();
                        names[ended.Name]--;
                        hidden -= IsNoSpeech(ended.Name) ? 1 : 0;
                        if (ended.Name == "p")
                        {
                            Close();
                            cue = paragraph = null;
                        }

                        if (ended.Name == scanner.Name)
                        {
                            break;
                        }
                    }

                    break;
            }
        }

        Close();
        return Tracks.Choose(found);

        void Close()
        {
            if (cue is not null && CueText.Plain(words.ToString()) is { Count: > 0 } lines)
            {
                found.Add((cue.Track, new Cue(cue.IsTimed ? cue.Begin : null, cue.End, lines, HasInnerTimes: false)));
            }

            words.Clear();
        }
    }

    private static Element Open(MarkupScanner scanner, TimedTextClock clock, Element? around)
    {
        if (scanner.Name == "tt")
        {
            clock.Configure(scanner.Attribute("frameRate"), scanner.Attribute("frameRateMultiplier"), scanner.Attribute("tickRate"));
        }

        var outer = around?.Begin ?? TimeSpan.Zero;
        var begin = clock.Read(scanner.Attribute("begin"));
        var end = clock.Read(scanner.Attribute("end"));
        var length = clock.Read(scanner.Attribute("dur"));
        var from = outer + (begin ?? TimeSpan.Zero);
        return new Element(
            scanner.Name,
            from,
            end is { } until ? outer + until
                : length is { } lasting ? from + lasting
                : around?.End,
            begin is not null || around?.IsTimed == true,
            begin is not null,
            scanner.Attribute("lang") ?? around?.Track ?? ""
        );
    }

    private static bool IsNoSpeech(string name) => name is "metadata" or "head" or "title" or "desc" or "copyright" or "agent";
}

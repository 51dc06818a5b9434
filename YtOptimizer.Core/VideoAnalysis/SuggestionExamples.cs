using YtOptimizer.Analysis.Results;

namespace YtOptimizer.Core.VideoAnalysis;

/// <summary>One worked example per kind of video, about invented videos: what an editor changes, and what is left alone.</summary>
internal static class SuggestionExamples
{
    private static readonly Dictionary<VideoKind, string> Texts = new()
    {
        [VideoKind.Music] =
            "Title “Mara Lindqvist - Paper Boats (Official Video)”: already the form of its kind. Good: the same words in another order, "
            + "the album named in the description. Wrong: “Paper Boats by Mara Lindqvist is the saddest song of the year”.",
        [VideoKind.Performance] =
            "Title “Paper Boats live @ Harbour Hall - Mara Lindqvist”. Good: “Mara Lindqvist – Paper Boats (Live at Harbour Hall)”. "
            + "Wrong: naming an orchestra that the text does not name.",
        [VideoKind.Tutorial] =
            "Title “WOBBLY CHAIR???”, text: tighten the stretcher, glue, clamp for a night. Good: “How to Fix a Wobbly Chair with Glue "
            + "and a Clamp”. Wrong: “Fix Any Chair in 5 Minutes”.",
        [VideoKind.Recipe] =
            "Title “sunday lunch”, text: leek tart with mustard, one tin. Good: “Leek Tart with Mustard | Easy Sunday Lunch Recipe”. "
            + "Wrong: “The Best Leek Tart Ever”.",
        [VideoKind.Vlog] =
            "Title “day 3!!”, text: hike to Silver Lake, rain, hut. Good: “Hiking to Silver Lake in the Rain (Day 3)”. Wrong: “We Almost "
            + "Died at Silver Lake”.",
        [VideoKind.Comedy] =
            "Title “The Lift”, sketch about neighbours. Good: “The Lift: When Neighbours Have to Talk (Sketch)”. Wrong: “Funniest Sketch "
            + "of the Year”.",
        [VideoKind.News] =
            "Title “Bridge closed”, text: Mill Bridge closed after a check, reopening unknown. Good: “Mill Bridge Closed After Safety "
            + "Check: What We Know”. Wrong: a number of injured that the text does not state.",
        [VideoKind.Interview] =
            "Title “With Ida Moreau”, text: beekeeping on roofs, winter losses. Good: “Ida Moreau on Keeping Bees on City Roofs”. Wrong: "
            + "another interviewer's name.",
        [VideoKind.Gaming] =
            "Title “ep 12”, text: Emberfall, swamp boss with a bow. Good: “Emberfall Episode 12: The Swamp Boss with Only a Bow”. Wrong: "
            + "“World First Kill”.",
        [VideoKind.Trailer] =
            "Title “Glass River trailer hd”. Good: “Glass River | Official Trailer”. Wrong: a second trailer's number or an actor whom "
            + "the text does not name.",
        [VideoKind.Sports] =
            "Title “highlights”, text: Northport 2-1 Eastby, cup, second round. Good: “Northport 2-1 Eastby | Cup Highlights, Second "
            + "Round”. Wrong: “Northport Win the Cup”.",
        [VideoKind.Review] =
            "Title “Sona H3”, text: headphones, comfortable, weak bass, price as stated. Good: “Sona H3 Review: Comfortable, but Is the "
            + "Bass Enough?”. Wrong: “Don't Buy the Sona H3”.",
        [VideoKind.Talk] =
            "Title “Jo Park - Queues”, text: job queues in one table, locks. Good: “Job Queues in One Database Table – Jo Park”. Wrong: "
            + "promising a speed-up that the talk does not claim.",
        [VideoKind.Kids] =
            "Title “Dino learns”, text: Dino paints with red and blue. Good: “Learn Colours with Dino: Red and Blue”. Wrong: other "
            + "characters' names.",
        [VideoKind.Shorts] =
            "One line, the payoff first, no series name, no chapters. Good: “Knots come undone with a fork”. Wrong: “Wait for the end!”.",
        [VideoKind.Other] =
            "Title “About our paths”, text: why parks lose grass, desire paths, planners. Good: “Why People Ignore Park Paths (Desire "
            + "Paths Explained)”. Wrong: “The Secret Planners Hide”.",
    };

    public static string For(VideoKind kind) => Texts.GetValueOrDefault(kind, Texts[VideoKind.Other]);
}

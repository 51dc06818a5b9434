using System.ComponentModel.DataAnnotations;

namespace YtOptimizer.Api.Features.Channels;

/// <summary>A video id of eleven characters; absent ones are valid.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class VideoIdAttribute() : RegularExpressionAttribute("^[A-Za-z0-9_-]{11}$")
{
    public override string FormatErrorMessage(string name) => "videoId must be a video id of eleven characters.";
}

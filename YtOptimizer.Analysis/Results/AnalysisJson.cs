using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace YtOptimizer.Analysis.Results;

/// <summary>The one JSON form of analyses: camelCase names and enum values, absent instead of null, no indentation.</summary>
public static class AnalysisJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static byte[] ToBytes(AnalysisResult result) => JsonSerializer.SerializeToUtf8Bytes(result, Options);
}

using YamlDotNet.Serialization;

namespace YtOptimizer.Tests.Deployment;

/// <summary>YAML as dictionaries, lists and strings.</summary>
internal static class Yaml
{
    public static object? Read(string text) => Named(new DeserializerBuilder().WithDuplicateKeyChecking().Build().Deserialize(text));

    public static Dictionary<string, object?> Map(object? value) => Assert.IsType<Dictionary<string, object?>>(value);

    public static List<object?> List(object? value) => Assert.IsType<List<object?>>(value);

    /// <summary>The value at the end of the keys.</summary>
    public static object? At(object? value, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            value = Map(value)[key];
        }

        return value;
    }

    /// <summary>Every mapping in the document, however deep.</summary>
    public static IEnumerable<Dictionary<string, object?>> Mappings(object? value) =>
        value switch
        {
            Dictionary<string, object?> map => map.Values.SelectMany(Mappings).Prepend(map),
            List<object?> list => list.SelectMany(Mappings),
            _ => [],
        };

    private static object? Named(object? value) =>
        value switch
        {
            IDictionary<object, object?> map => map.ToDictionary(
                pair => (string)pair.Key,
                pair => Named(pair.Value),
                StringComparer.Ordinal
            ),
            IList<object?> list => list.Select(Named).ToList(),
            _ => value,
        };
}

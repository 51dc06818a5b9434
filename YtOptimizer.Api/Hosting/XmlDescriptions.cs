using System.Collections.Concurrent;
using System.Reflection;
using System.Xml;
using System.Xml.Linq;

namespace YtOptimizer.Api.Hosting;

/// <summary>
/// The descriptions of operations, from the XML documentation that the compiler writes beside each assembly: what stands above the use
/// case, then above its handler (summary and remarks). So a use case is described in its own file.
/// </summary>
internal static class XmlDescriptions
{
    private static readonly string[] Parts = ["summary", "remarks"];
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, string>> Files = new(StringComparer.Ordinal);

    /// <summary>Null where nothing is written about the handler.</summary>
    public static string? Of(MethodInfo? handler)
    {
        if (handler?.DeclaringType is not { } type || type.Name.Contains('<', StringComparison.Ordinal))
        {
            return null;
        }

        var members = Files.GetOrAdd(type.Assembly.GetName().Name!, Read);
        var name = type.FullName!.Replace('+', '.');
        string?[] parts = [members.GetValueOrDefault($"T:{name}"), members.GetValueOrDefault($"M:{name}.{handler.Name}")];
        return string.Join(' ', parts.OfType<string>()) is { Length: > 0 } text ? text : null;
    }

    private static Dictionary<string, string> Read(string assembly)
    {
        var path = Path.Combine(AppContext.BaseDirectory, assembly + ".xml");
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!File.Exists(path))
        {
            return members;
        }

        foreach (var member in XDocument.Load(path).Descendants("member"))
        {
            // Overloads of a handler do not exist: the parameters in the name are not needed.
            var name = member.Attribute("name")!.Value.Split('(')[0];
            var text = string.Join(' ', Parts.Select(part => member.Element(part)).OfType<XElement>().Select(Text));
            if (text.Trim() is { Length: > 0 } found)
            {
                members.TryAdd(name, found);
            }
        }

        return members;
    }

    private static string Text(XElement element) => string.Concat(element.Nodes().Select(Text)).Trim();

    private static string Text(XNode node) =>
        node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "c" or "code" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" or "seealso" or "paramref" } see => Named(see),
            XElement { Name.LocalName: "para" } paragraph => Text(paragraph) + "\n",
            XElement other => Text(other),
            _ => node.NodeType == XmlNodeType.CDATA ? node.ToString() : "",
        };

    private static string Named(XElement see) =>
        see.Value is { Length: > 0 } words ? words
        : see.Attribute("cref")?.Value is { } type ? type.Split('(')[0].Split('.', ':')[^1]
        : see.Attribute("langword")?.Value ?? see.Attribute("name")?.Value ?? see.Attribute("href")?.Value ?? "";
}

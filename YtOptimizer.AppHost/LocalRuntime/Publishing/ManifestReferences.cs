using System.Globalization;

namespace Aspire.Hosting.Publishing;

/// <summary>Turns values into manifest expressions and remembers what they lead to and is yet to be written.</summary>
internal sealed class ManifestReferences
{
    // Resources that are no part of the model but referred to by it, such as default passwords.
    private readonly Dictionary<string, IResource> _referenced = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<ParameterResource, Dictionary<string, string>> _formatted = [];
    private readonly Dictionary<string, ReferenceExpression> _conditional = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<object> _visiting = new(ReferenceEqualityComparer.Instance);

    public IEnumerable<IResource> Resources => _referenced.Values;

    /// <summary>Parameters that an expression takes in another form, for example escaped for a URL.</summary>
    public IReadOnlyList<ParameterResource> FormattedParameters => [.. _formatted.Keys];

    public IReadOnlyDictionary<string, ReferenceExpression> Conditionals => _conditional;

    /// <summary>The forms of a parameter and the names of their entries, once.</summary>
    public IEnumerable<KeyValuePair<string, string>> TakeFormatted(ParameterResource parameter)
        => _formatted.Remove(parameter, out var names) ? names : [];

    public string Expression(object value) => value switch
    {
        string text => text,
        ReferenceExpression { IsConditional: false } expression => string.Format(
            CultureInfo.InvariantCulture,
            expression.Format,
            [.. expression.ManifestExpressions.Select((text, i) => expression.StringFormats[i] is { } format && ParameterOf(expression.ValueProviders[i]) is { } parameter
                ? $"{{{FormattedName(parameter, format)}.value}}"
                : text)]),
        IManifestExpressionProvider provider => provider.ValueExpression,
        _ => throw new DistributedApplicationException($"A value of type {value.GetType().Name} has no place in a manifest."),
    };

    /// <summary>Remembers what a value leads to and is yet to be written.</summary>
    public void Add(object value)
    {
        if (!_visiting.Add(value))
        {
            return;
        }

        switch (value)
        {
            case IResource resource:
                _referenced.TryAdd(resource.Name, resource);
                break;
            case ReferenceExpression { IsConditional: true } conditional:
                _conditional.TryAdd(conditional.Name!, conditional);
                break;
        }

        if (value is not IResource && value is IValueWithReferences references)
        {
            foreach (var reference in references.References)
            {
                Add(reference);
            }
        }

        _visiting.Remove(value);
    }

    private string FormattedName(ParameterResource parameter, string format)
    {
        if (!_formatted.TryGetValue(parameter, out var names))
        {
            _formatted[parameter] = names = new Dictionary<string, string>(StringComparer.Ordinal);
        }

        return names.TryGetValue(format, out var name) ? name : names[format] = $"{parameter.Name}-{format}-encoded";
    }

    private static ParameterResource? ParameterOf(IValueProvider provider) => provider switch
    {
        ParameterResource parameter => parameter,
        ReferenceExpression { Format: "{0}", ValueProviders: [ParameterResource parameter] } => parameter,
        _ => null,
    };
}

using System.Text.Json;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes resources in the Aspire manifest format (https://json.schemastore.org/aspire-8.0.json), as Aspire's own writer does.</summary>
public sealed class ManifestPublishingContext(
    DistributedApplicationExecutionContext executionContext,
    string manifestPath,
    Utf8JsonWriter writer,
    CancellationToken cancellationToken = default)
{
    private readonly ManifestReferences _references = new();

    public DistributedApplicationExecutionContext ExecutionContext { get; } = executionContext;

    public string ManifestPath { get; } = manifestPath;

    public Utf8JsonWriter Writer { get; } = writer;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    internal async Task WriteModelAsync(DistributedApplicationModel model)
    {
        Writer.WriteStartObject();
        Writer.WriteStartObject("resources");
        foreach (var resource in model.Resources)
        {
            await WriteResourceAsync(resource);
        }

        foreach (var resource in _references.Resources.Where(r => !model.Resources.Contains(r)).ToList())
        {
            await WriteResourceAsync(resource);
        }

        foreach (var parameter in _references.FormattedParameters)
        {
            WriteFormatted(parameter);
        }

        foreach (var (name, expression) in _references.Conditionals)
        {
            Writer.WriteStartObject(name);
            Writer.WriteString("type", "value.v0");
            Writer.WriteString("connectionString", await expression.GetValueAsync(CancellationToken) ?? string.Empty);
            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
        Writer.WriteEndObject();
        await Writer.FlushAsync(CancellationToken);
    }

    private async Task WriteResourceAsync(IResource resource)
    {
        if (resource.Annotations.OfType<ManifestExclusionAnnotation>().Any())
        {
            return;
        }

        Writer.WriteStartObject(resource.Name);
        switch (resource)
        {
            case ContainerResource container:
                await WriteContainerAsync(container);
                break;
            case ProjectResource project:
                Writer.WriteString("type", "project.v0");
                Writer.WriteString("path", RelativePath(project.Annotations.OfType<IProjectMetadata>().First().ProjectPath));
                await WriteProcessAsync(project);
                break;
            case ParameterResource parameter:
                WriteParameter(parameter);
                break;
            case IResourceWithConnectionString value:
                Writer.WriteString("type", "value.v0");
                WriteConnectionString(value);
                break;
            default:
                Writer.WriteString("error", "This resource does not support generation in the manifest.");
                break;
        }

        Writer.WriteEndObject();
        if (resource is ParameterResource written)
        {
            WriteFormatted(written);
        }
    }

    private async Task WriteContainerAsync(ContainerResource container)
    {
        var image = container.Annotations.OfType<ContainerImageAnnotation>().Last();
        Writer.WriteString("type", "container.v0");
        if (container is IResourceWithConnectionString withConnectionString)
        {
            WriteConnectionString(withConnectionString);
        }

        Writer.WriteString("image", $"{image.Registry}/{image.Image}:{image.Tag}");
        if (container.Entrypoint is { } entrypoint)
        {
            Writer.WriteString("entrypoint", entrypoint);
        }

        await WriteArgumentsAsync(container);
        var volumes = container.Annotations.OfType<ContainerMountAnnotation>().ToList();
        if (volumes.Count > 0)
        {
            Writer.WriteStartArray("volumes");
            foreach (var volume in volumes)
            {
                Writer.WriteStartObject();
                Writer.WriteString("name", volume.Source);
                Writer.WriteString("target", volume.Target);
                Writer.WriteBoolean("readOnly", volume.IsReadOnly);
                Writer.WriteEndObject();
            }

            Writer.WriteEndArray();
        }

        await WriteEnvironmentAsync(container);
        WriteBindings(container);
    }

    private async Task WriteProcessAsync(IResource resource)
    {
        await WriteArgumentsAsync(resource);
        await WriteEnvironmentAsync(resource);
        WriteBindings(resource);
    }

    private void WriteParameter(ParameterResource parameter)
    {
        Writer.WriteString("type", "parameter.v0");
        if (parameter.IsConnectionString)
        {
            Writer.WriteString("connectionString", parameter.ValueExpression);
        }

        Writer.WriteString("value", $"{{{parameter.Name}.inputs.value}}");
        Writer.WriteStartObject("inputs");
        Writer.WriteStartObject("value");
        Writer.WriteString("type", "string");
        if (parameter.Secret)
        {
            Writer.WriteBoolean("secret", value: true);
        }

        if (parameter.Default is { } value)
        {
            Writer.WriteStartObject("default");
            value.WriteToManifest(this);
            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
        Writer.WriteEndObject();
    }

    private void WriteConnectionString(IResourceWithConnectionString resource)
    {
        _references.Add(resource.ConnectionStringExpression);
        Writer.WriteString("connectionString", _references.Expression(resource.ConnectionStringExpression));
    }

    private async Task WriteArgumentsAsync(IResource resource)
    {
        var arguments = new List<object>();
        var context = new CommandLineArgsCallbackContext(arguments, ExecutionContext, CancellationToken);
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        if (arguments.Count > 0)
        {
            Writer.WriteStartArray("args");
            foreach (var argument in arguments)
            {
                Writer.WriteStringValue(_references.Expression(argument));
                _references.Add(argument);
            }

            Writer.WriteEndArray();
        }
    }

    private async Task WriteEnvironmentAsync(IResource resource)
    {
        var context = new EnvironmentCallbackContext(ExecutionContext, resource, cancellationToken: CancellationToken);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            await annotation.Callback(context);
        }

        if (context.EnvironmentVariables.Count > 0)
        {
            Writer.WriteStartObject("env");
            foreach (var (name, value) in context.EnvironmentVariables)
            {
                Writer.WriteString(name, _references.Expression(value));
                _references.Add(value);
            }

            Writer.WriteEndObject();
        }
    }

    private void WriteBindings(IResource resource)
    {
        var endpoints = resource.Annotations.OfType<EndpointAnnotation>().ToList();
        if (endpoints.Count == 0)
        {
            return;
        }

        Writer.WriteStartObject("bindings");
        foreach (var endpoint in endpoints)
        {
            Writer.WriteStartObject(endpoint.Name);
            Writer.WriteString("scheme", endpoint.UriScheme);
            Writer.WriteString("protocol", endpoint.Protocol.ToString().ToLowerInvariant());
            Writer.WriteString("transport", endpoint.Transport);
            if (endpoint.Port is { } port && port != endpoint.TargetPort)
            {
                Writer.WriteNumber("port", port);
            }

            if (endpoint.TargetPort is { } targetPort)
            {
                Writer.WriteNumber("targetPort", targetPort);
            }

            if (endpoint.IsExternal)
            {
                Writer.WriteBoolean("external", value: true);
            }

            Writer.WriteEndObject();
        }

        Writer.WriteEndObject();
    }

    private void WriteFormatted(ParameterResource parameter)
    {
        foreach (var (format, name) in _references.TakeFormatted(parameter))
        {
            Writer.WriteStartObject(name);
            Writer.WriteString("type", "annotated.string");
            Writer.WriteString("value", parameter.ValueExpression);
            Writer.WriteString("filter", format);
            Writer.WriteEndObject();
        }
    }

    private string RelativePath(string path)
        => Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(ManifestPath))!, path).Replace('\\', '/');
}

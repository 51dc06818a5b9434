namespace YtOptimizer.AppHost.LocalRuntime.Dashboard;

/// <summary>A resource, or one replica of it, as the page shows it. Environment variables and sensitive properties stay here: they hold secrets.</summary>
internal sealed record DashboardResource(
    string Id,
    string Name,
    string Type,
    string? State,
    string? Health,
    int? ExitCode,
    DateTime? StartedAt,
    IReadOnlyList<DashboardResource.Link> Links,
    IReadOnlyList<DashboardResource.Command> Commands,
    IReadOnlyList<DashboardResource.Check> Checks,
    IReadOnlyList<DashboardResource.Property> Properties)
{
    public static DashboardResource From(ResourceEvent change)
    {
        var snapshot = change.Snapshot;
        return new DashboardResource(
            change.ResourceId,
            change.Resource.Name,
            snapshot.ResourceType,
            snapshot.State?.Text,
            snapshot.HealthStatus?.ToString(),
            snapshot.ExitCode,
            snapshot.StartTimeStamp,
            [.. snapshot.Urls.Where(u => !u.IsInternal && !u.IsInactive).Select(u => new Link(u.Url, u.DisplayProperties.DisplayName))],
            [
                .. snapshot.Commands.Where(c => c.State != ResourceCommandState.Hidden).Select(c => new Command(
                    c.Name, c.DisplayName, c.DisplayDescription, c.ConfirmationMessage, c.State == ResourceCommandState.Enabled, c.IsHighlighted)),
            ],
            [.. snapshot.HealthReports.Select(r => new Check(r.Name, r.Status?.ToString(), r.Description))],
            [.. snapshot.Properties.Where(p => !p.IsSensitive && p.Value is not null).Select(p => new Property(p.Name, p.Value!.ToString() ?? ""))]);
    }

    internal sealed record Link(string Url, string Text);

    internal sealed record Command(string Name, string Title, string? Description, string? Confirmation, bool Enabled, bool Highlighted);

    internal sealed record Check(string Name, string? Status, string? Description);

    internal sealed record Property(string Name, string Value);
}

namespace YtOptimizer.AppHost.Hosting;

/// <summary>What operators do, as buttons of the dashboard and as <c>aspire resource NAME COMMAND</c>.</summary>
internal static class OperatorCommands
{
    public static void Add(
        IResourceBuilder<IResourceWithConnectionString> database, IResourceBuilder<ProjectResource> migrations,
        IResourceBuilder<ProjectResource> api, IResourceBuilder<ProjectResource> worker, string dataDirectory)
    {
        migrations.WithCommand("apply-migrations", "Apply migrations", context => Verb(context, "db", "push"),
            Options("Applies the migrations that the database does not have yet.", "DatabaseArrowUp", highlighted: true));
        worker.WithCommand("send-test-alert", "Send test alert", context => Verb(context, "alerts", "test"),
            Options("Sends a test message through every alert channel that is configured.", "Alert"));
        worker.WithCommand("run-doctor", "Run doctor", context => Verb(context, "doctor"),
            Options("Looks for what is wrong or missing in settings, database and upstreams.", "Stethoscope", highlighted: true));

        var promote = Options("Gives an account a role; this is how the first administrator comes to be.", "PersonStar");
        promote.Arguments =
        [
            new() { Name = "account", Label = "E-mail address of a registered account", InputType = InputType.Text, Required = true },
            new()
            {
                Name = "role", Label = "Role", InputType = InputType.Choice, Required = true, Value = "admin",
                Options = [new("admin", "Administrator"), new("moderator", "Moderator"), new("premium", "Premium"), new("user", "User")],
            },
        ];
        api.WithCommand("promote", "Promote an administrator",
            context => Verb(context, "ops", "promote", Argument(context, "account"), "--role", Argument(context, "role")), promote);

        database.WithCommand("psql", "Connection for psql", context => PsqlAsync(database.Resource, context.CancellationToken),
            Options("Shows the command that opens the database in psql, with the password.", "WindowConsole"));
        var reset = Options("Empties the database and applies all migrations. ALL DATA IS LOST.", "Delete");
        reset.ConfirmationMessage = "All accounts, jobs and results of this database will be lost. Empty it?";
        database.WithCommand("reset", "Reset the database", ResetAsync, reset);

        static CommandOptions Options(string description, string icon, bool highlighted = false) =>
            new() { Description = description, IconName = icon, IsHighlighted = highlighted };

        Task<ExecuteCommandResult> Verb(ExecuteCommandContext context, params string[] verb) =>
            WorkerVerbs.RunAsync(context, dataDirectory, verb);

        async Task<ExecuteCommandResult> ResetAsync(ExecuteCommandContext context)
        {
            var emptied = await Verb(context, "db", "reset");
            return emptied.Success ? await Verb(context, "db", "push") : emptied;
        }
    }

    private static string Argument(ExecuteCommandContext context, string name) => context.Arguments[name].Value ?? "";

    private static async Task<ExecuteCommandResult> PsqlAsync(IResourceWithConnectionString database, CancellationToken ct)
    {
        var uri = database.GetConnectionProperties().FirstOrDefault(property => property.Key == "Uri").Value
            ?? database.ConnectionStringExpression;
        return CommandResults.Success("Opens the database", $"psql \"{await uri.GetValueAsync(ct)}\"", CommandResultFormat.Text,
            displayImmediately: true);
    }
}

namespace YtOptimizer.AppHost.Hosting;

/// <summary>What operators do, as buttons of the dashboard and as <c>aspire resource NAME COMMAND</c>. Nearly all are verbs of the worker.</summary>
internal static class OperatorCommands
{
    public static void Add(
        IResourceBuilder<IResourceWithConnectionString> database, IResourceBuilder<ProjectResource> migrations, IResourceBuilder<ProjectResource> api, IResourceBuilder<ProjectResource> worker, string dataDirectory)
    {
        migrations.WithCommand("apply-migrations", "Apply migrations", context => Verb(context, "db", "push"), new CommandOptions
        {
            Description = "Applies the migrations that the database does not have yet.",
            IconName = "DatabaseArrowUp",
            IsHighlighted = true,
        });
        worker.WithCommand("send-test-alert", "Send test alert", context => Verb(context, "alerts", "test"), new CommandOptions
        {
            Description = "Sends a test message through every alert channel that is configured.",
            IconName = "Alert",
        });
        worker.WithCommand("run-doctor", "Run doctor", context => Verb(context, "doctor"), new CommandOptions
        {
            Description = "Looks for what is wrong or missing in settings, database and upstreams.",
            IconName = "Stethoscope",
            IsHighlighted = true,
        });
        api.WithCommand("promote", "Promote an administrator", context => Verb(context, "ops", "promote", Argument(context, "account"), "--role", Argument(context, "role")), new CommandOptions
        {
            Description = "Gives an account a role; this is how the first administrator comes to be.",
            IconName = "PersonStar",
            Arguments =
            [
                new InteractionInput { Name = "account", Label = "E-mail address of a registered account", InputType = InputType.Text, Required = true, MaxLength = 254 },
                new InteractionInput
                {
                    Name = "role", Label = "Role", InputType = InputType.Choice, Required = true, Value = "admin",
                    Options = [new("admin", "Administrator"), new("moderator", "Moderator"), new("premium", "Premium"), new("user", "User")],
                },
            ],
        });
        database.WithCommand("psql", "Connection for psql", context => PsqlAsync(database.Resource, context.CancellationToken), new CommandOptions
        {
            Description = "Shows the command that opens the database in psql, with the password.",
            IconName = "WindowConsole",
        });
        database.WithCommand("reset", "Reset the database", ResetAsync, new CommandOptions
        {
            Description = "Empties the database and applies all migrations. ALL DATA IS LOST.",
            ConfirmationMessage = "All accounts, jobs and results of this database will be lost. Empty it?",
            IconName = "Delete",
        });

        Task<ExecuteCommandResult> Verb(ExecuteCommandContext context, params string[] verb) => WorkerVerbs.RunAsync(context, dataDirectory, verb);

        async Task<ExecuteCommandResult> ResetAsync(ExecuteCommandContext context)
        {
            var emptied = await Verb(context, "db", "reset");
            return emptied.Success ? await Verb(context, "db", "push") : emptied;
        }
    }

    private static string Argument(ExecuteCommandContext context, string name) => context.Arguments[name].Value ?? "";

    private static async Task<ExecuteCommandResult> PsqlAsync(IResourceWithConnectionString database, CancellationToken ct)
    {
        var uri = database.GetConnectionProperties().FirstOrDefault(property => property.Key == "Uri").Value ?? database.ConnectionStringExpression;
        return CommandResults.Success("Opens the database", $"psql \"{await uri.GetValueAsync(ct)}\"", CommandResultFormat.Text, displayImmediately: true);
    }
}

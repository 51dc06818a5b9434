using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using YtOptimizer.Core.Alerts;

namespace YtOptimizer.Worker.Commands;

/// <summary><c>alerts test</c>: one message through every configured channel, now and without the outbox.</summary>
internal static class AlertsCommand
{
    public static Command Create(VerbHost host) => new("alerts", "Messages to operators.") { Test(host) };

    private static Command Test(VerbHost host)
    {
        var only = new Option<string?>("--channel") { Description = "Only this channel: telegram, email or webhook." };
        only.AcceptOnlyFromAmong("telegram", "email", "webhook");
        var command = new Command("test", "Sends a test message through each configured channel.") { only };
        host.Run(command, async (parsed, ct) =>
        {
            var channels = host.Services.GetRequiredService<AlertChannels>();
            var wanted = channels.Configured.Where(c => parsed.GetValue(only) is null || parsed.GetValue(only) == c).ToArray();
            if (wanted.Length == 0)
            {
                return host.Fail("No such alert channel is configured. " + AlertChannels.HowToConfigure);
            }

            var failed = false;
            foreach (var channel in wanted)
            {
                try
                {
                    await channels.SendAsync(channel, "Test alert", "This is a test from `alerts test`. Nothing is wrong.", "info", ct);
                    host.Output.WriteLine($"{channel}: sent");
                }
                catch (AlertSendException e)
                {
                    failed = true;
                    host.Fail($"{channel}: {e.Message}");
                }
            }

            return failed ? CommandLine.Failed : CommandLine.Done;
        });
        return command;
    }
}

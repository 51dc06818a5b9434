using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using YtOptimizer.Core.Auditing;
using YtOptimizer.Core.Data;
using YtOptimizer.Core.Protection;

namespace YtOptimizer.Worker.Commands;

/// <summary><c>ops block-ip|unblock-ip</c>: in force on all instances within seconds, and in the audit trail.</summary>
internal static class BlockCommand
{
    public static Command Block(VerbHost host)
    {
        var address = AddressArgument();
        var minutes = new Option<int>("--minutes") { Description = "How long, 1 to 525600.", DefaultValueFactory = _ => 1440 };
        var reason = new Option<string>("--reason")
        {
            Description = "Kept in the ledger and the audit trail.",
            DefaultValueFactory = _ => "blocked by an operator",
        };
        var command = new Command("block-ip", "Blocks an address or network on all routes but health and metrics.")
        {
            address,
            minutes,
            reason,
        };
        host.Run(command, async (parsed, ct) =>
        {
            if (AddressBlocks.Parse(parsed.GetValue(address)) is not { } parsedAddress)
            {
                return NotAnAddress(host);
            }

            if (parsed.GetValue(minutes) is not (>= 1 and <= 525_600) and var wrong)
            {
                return host.Fail($"--minutes must be between 1 and 525600, not {wrong}.");
            }

            var until = await AddressBlocks.BlockAsync(
                new Db(host.Database),
                parsedAddress,
                TimeSpan.FromMinutes(parsed.GetValue(minutes)),
                parsed.GetValue(reason)!,
                Actor.Operator,
                RequestOrigin.System,
                ct
            );
            host.Output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{parsedAddress} is blocked until {until:yyyy-MM-dd HH:mm:ss} UTC. Undo: ops unblock-ip {parsedAddress}"
                )
            );
            return CommandLine.Done;
        });
        return command;
    }

    public static Command Unblock(VerbHost host)
    {
        var address = AddressArgument();
        var command = new Command("unblock-ip", "Removes all blocks of an address.") { address };
        host.Run(command, async (parsed, ct) =>
        {
            if (AddressBlocks.Parse(parsed.GetValue(address)) is not { } parsedAddress)
            {
                return NotAnAddress(host);
            }

            var removed = await AddressBlocks.UnblockAsync(new Db(host.Database), parsedAddress, Actor.Operator, RequestOrigin.System, ct);
            host.Output.WriteLine(removed > 0 ? $"{parsedAddress} is no longer blocked." : $"{parsedAddress} was not in the ledger.");
            return CommandLine.Done;
        });
        return command;
    }

    private static Argument<string> AddressArgument() =>
        new("address") { Description = "IPv4 or IPv6 address, or a network such as 203.0.113.0/24." };

    private static int NotAnAddress(VerbHost host) => host.Fail("That is no IPv4 or IPv6 address and no network such as 203.0.113.0/24.");
}

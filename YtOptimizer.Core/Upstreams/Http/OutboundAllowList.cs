using System.Net;
using Microsoft.Extensions.Options;

namespace YtOptimizer.Core.Upstreams.Http;

/// <summary>Section <c>Outbound</c>, environment name <c>OUTBOUND_ALLOW</c>: private places that upstream clients may reach all the
/// same.</summary>
public sealed class OutboundSettings
{
    public const string Section = "Outbound";

    /// <summary>Host names, addresses and networks, comma separated: <c>models.example.com,10.20.0.0/16</c>.</summary>
    public string? Allow { get; set; }

    internal sealed class Check : IValidateOptions<OutboundSettings>
    {
        public ValidateOptionsResult Validate(string? name, OutboundSettings options)
        {
            ArgumentNullException.ThrowIfNull(options);
            return OutboundAllowList.Parse(options.Allow, out var wrong) is not null && wrong.Count == 0
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    "Invalid environment variable OUTBOUND_ALLOW: it must be a comma separated list of host names, addresses or networks "
                        + "(models.example.com,10.20.0.0/16), each narrower than /8."
                );
        }
    }
}

/// <summary>The parsed list.</summary>
public sealed class OutboundAllowList
{
    private readonly HashSet<string> hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<IPNetwork> networks = [];

    public static OutboundAllowList None { get; } = new();

    /// <param name="text">The setting; empty allows nothing.</param>
    /// <param name="wrong">Entries that are neither host, address nor network.</param>
    public static OutboundAllowList Parse(string? text, out IReadOnlyList<string> wrong)
    {
        var list = new OutboundAllowList();
        var unreadable = new List<string>();
        foreach (var entry in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (IPAddress.TryParse(entry, out var address) && entry.AsSpan().ContainsAny('.', ':'))
            {
                list.networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else if (IPNetwork.TryParse(entry, out var network) && network.PrefixLength >= 8)
            {
                list.networks.Add(network);
            }
            else if (Uri.CheckHostName(entry) == UriHostNameType.Dns && !entry.Contains('/', StringComparison.Ordinal))
            {
                list.hosts.Add(entry);
            }
            else
            {
                unreadable.Add(entry);
            }
        }

        wrong = unreadable;
        return list;
    }

    /// <summary>True when the operator listed this host, or a network that holds the address to be dialled.</summary>
    public bool Allows(string host, IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return hosts.Contains(host) || networks.Exists(n => n.Contains(plain));
    }
}

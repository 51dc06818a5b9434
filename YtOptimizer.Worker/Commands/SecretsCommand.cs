using System.CommandLine;
using System.Security.Cryptography;
using Spectre.Console;

namespace YtOptimizer.Worker.Commands;

/// <summary><c>secrets rotate-jwt</c>: makes a new signing secret and says how to bring it in.</summary>
internal static class SecretsCommand
{
    public static Command Create(VerbHost host) => new("secrets", "Secrets of the application.") { RotateJwt(host) };

    private static Command RotateJwt(VerbHost host)
    {
        var quiet = new Option<bool>("--only-value") { Description = "Print nothing but the secret, for a pipe into a secret store." };
        var command = new Command("rotate-jwt", "Prints a new JWT_SECRET; changes nothing by itself.") { quiet };
        host.Run(command, (parsed, _) =>
        {
            var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
            // Written past the console's line wrapping: a secret cut in two is no secret.
            if (parsed.GetValue(quiet))
            {
                host.Output.Profile.Out.Writer.WriteLine(secret);
                return Task.FromResult(CommandLine.Done);
            }

            host.Output.Profile.Out.Writer.WriteLine($"JWT_SECRET={secret}");
            host.Error.WriteLine(
                "Set it on every API and Worker and restart them. Then all users sign in again: what a suspected leak needs."
            );
            host.Error.WriteLine(
                "For a routine change without sign-outs, also set JWT_SECRET_PREVIOUS to the old value, and remove it after "
                    + "JWT_REFRESH_TTL."
            );
            return Task.FromResult(CommandLine.Done);
        });
        return command;
    }
}

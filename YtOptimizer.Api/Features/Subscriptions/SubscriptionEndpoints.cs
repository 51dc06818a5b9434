using YtOptimizer.Api.Hosting;
using YtOptimizer.Api.Hosting.RateLimits;

namespace YtOptimizer.Api.Features.Subscriptions;

/// <summary>Plans, trials, promo codes and payments.</summary>
internal static class SubscriptionEndpoints
{
    public static IEndpointRouteBuilder MapSubscriptions(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/v1/subscriptions/plans", ListPlans.Handle)
            .WithTags("Subscriptions")
            .WithName("ListPlans")
            .WithSummary("The tiers, what they allow, and whether they can be bought here.")
            .AllowAnonymous();
        var group = routes.MapGroup("/api/v1/subscriptions").WithTags("Subscriptions").RequireAuthorization(Policies.User);
        group
            .MapGet("/current", GetSubscription.Handle)
            .WithName("GetSubscription")
            .WithSummary("Your plan, its period and its features.")
            .ProducesProblem(404);
        group
            .MapPut("/current", ChangeSubscription.Handle)
            .WithName("ChangeSubscription")
            .WithSummary("Change tier, interval or renewal; a lower tier begins with the next period.")
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(502);
        group.MapGet("/usage", GetUsage.Handle).WithName("GetUsage").WithSummary("What you have used, and when a new period begins.");
        group
            .MapPost("/cancel", CancelSubscription.Handle)
            .WithName("CancelSubscription")
            .WithSummary("Cancel your plan at the end of its period.")
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(502);
        group
            .MapPost("/resume", ResumeSubscription.Handle)
            .WithName("ResumeSubscription")
            .WithSummary("Take a cancellation back.")
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(502);
        group
            .MapPost("/trial", StartTrial.Handle)
            .WithName("StartTrial")
            .WithSummary("Begin your one trial of the pro tier.")
            .ProducesProblem(409);
        group
            .MapPost("/checkout", OpenCheckout.Handle)
            .WithName("OpenCheckout")
            .WithSummary("Open a page where a plan is paid.")
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(502);
        group
            .MapPost("/portal", OpenPortal.Handle)
            .WithName("OpenPortal")
            .WithSummary("Open the page for payment methods and invoices.")
            .ProducesProblem(409)
            .ProducesProblem(502);
        group
            .MapGet("/billing-history", ListBillingHistory.Handle)
            .WithName("ListBillingHistory")
            .WithSummary("Your invoices, newest first.");
        group
            .MapPost("/promo-codes/validate", ValidatePromoCode.Handle)
            .WithRateBudget(RateBudgets.PromoCode)
            .WithName("ValidatePromoCode")
            .WithSummary("Whether you can use a promo code.");
        group
            .MapPost("/promo-codes/redeem", RedeemPromoCode.Handle)
            .WithRateBudget(RateBudgets.PromoCode)
            .WithName("RedeemPromoCode")
            .WithSummary("Use a promo code that gives a plan.")
            .ProducesProblem(404)
            .ProducesProblem(409);
        routes
            .MapPost("/webhooks/stripe", ReceiveStripeEvent.Handle)
            .WithRateBudget(RateBudgets.Webhooks)
            .WithSummary("Stripe's events")
            // Nobody has a token here: the signature over the raw body is what the handler asks for.
            .AllowAnonymous()
            .ExcludeFromDescription();

        var admin = routes.MapGroup("/api/v1/admin").WithTags("Admin");
        admin
            .MapPut("/users/{id:guid}/subscription", SetSubscription.Handle)
            .WithName("SetSubscription")
            .WithSummary("Set an account's tier without payment.")
            .RequireAuthorization(Policies.ManageUsers)
            .ProducesProblem(404)
            .ProducesProblem(409);
        admin
            .MapGet("/promo-codes", ListPromoCodes.Handle)
            .WithName("ListPromoCodes")
            .WithSummary("Promo codes, newest first.")
            .RequireAuthorization(Policies.Admin);
        admin
            .MapPost("/promo-codes", CreatePromoCode.Handle)
            .WithName("CreatePromoCode")
            .WithSummary("Create a promo code.")
            .RequireAuthorization(Policies.Admin)
            .ProducesProblem(409);
        admin
            .MapPost("/promo-codes/{id:guid}/disable", DisablePromoCode.Handle)
            .WithName("DisablePromoCode")
            .WithSummary("Let nobody use a promo code any more.")
            .RequireAuthorization(Policies.Admin)
            .ProducesProblem(404);
        return routes;
    }
}

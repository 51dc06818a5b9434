using CsCheck;
using YtOptimizer.Core.Alerts;

namespace YtOptimizer.Tests.Core.Alerts;

public class AlertRulesTests
{
    private static readonly AlertOptions Options = new();

    [Theory]
    [InlineData(1000, 60, AlertLevel.Firing)]
    [InlineData(1000, 50, AlertLevel.Pending)]
    [InlineData(1000, 45, AlertLevel.Pending)]
    [InlineData(1000, 40, AlertLevel.Inactive)]
    [InlineData(1, 1, AlertLevel.Inactive)]
    [InlineData(0, 0, AlertLevel.Inactive)]
    public void ErrorRate_Ratio_DecidesTheLevel(long requests, long errors, AlertLevel expected) =>
        Assert.Equal(expected, Level(new AlertReadings { Requests = requests, ServerErrors = errors }, "error_rate"));

    [Theory]
    [InlineData(1000, 51, AlertLevel.Firing)]
    [InlineData(1000, 50, AlertLevel.Pending)]
    [InlineData(1000, 0, AlertLevel.Inactive)]
    public void SlowResponses_ShareAboveTheBound_DecidesTheLevel(long requests, long slow, AlertLevel expected) =>
        Assert.Equal(expected, Level(new AlertReadings { Requests = requests, SlowRequests = slow }, "slow_responses"));

    [Fact]
    public void Evaluate_AnyFigures_NeverFiresOnTrafficBelowTheMinimum() =>
        Gen.Select(Gen.Long[0, 19], Gen.Long[0, 19])
            .Sample(
                (requests, errors) =>
                    Assert.NotEqual(
                        AlertLevel.Firing,
                        Level(
                            new AlertReadings
                            {
                                Requests = requests,
                                ServerErrors = Math.Min(requests, errors),
                                SlowRequests = requests,
                            },
                            "error_rate"
                        )
                    )
            );

    private static AlertLevel Level(AlertReadings figures, string kind) =>
        AlertRules.Evaluate(figures, Options).Single(r => r.Kind == kind).Level;
}

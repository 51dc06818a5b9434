using k8s;
using k8s.Models;
using YtOptimizer.Core.Observability.Metrics;
using YtOptimizer.ServiceDefaults;
using YtOptimizer.Tests.Support;

namespace YtOptimizer.Tests.Deployment;

/// <summary>The Helm chart, rendered by Go's template engine with values.yaml, as objects of the Kubernetes API.</summary>
public sealed class KubernetesTests
{
    private static readonly string Chart = Repository.PathOf("deploy", "helm", "ytoptimizer");

    public static TheoryData<string> Variants =>
        [
            "{}",
            """{"api.autoscaling.enabled": false, "worker.autoscaling.enabled": true, "worker.backupClaim": "backups"}""",
            """{"ingress.enabled": false, "networkPolicy.enabled": false, "image.digest": "sha256:0"}""",
        ];

    [Theory]
    [MemberData(nameof(Variants))]
    public async Task Chart_Rendered_IsValidByTheSchemasAndHasNoUnknownField(string values)
    {
        var (errors, documents) = await NodeCheck.RunAsync("helm", Chart, values);
        Assert.Empty(errors);
        // The strict reader refuses fields that the API does not have, which the schemas let pass.
        Assert.Equal(
            documents.Count,
            documents.SelectMany(document => KubernetesYaml.LoadAllFromString(document.GetRawText(), null, true)).Count()
        );
    }

    /// <summary>So that the test above can fail.</summary>
    [Fact]
    public void StrictReader_UnknownField_IsRefused() =>
        Assert.ThrowsAny<Exception>(() =>
            KubernetesYaml.LoadAllFromString("apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {porst: []}\n", null, true)
        );

    [Fact]
    public async Task Pods_OfTheChart_RunUnprivilegedAndReadOnlyWithLimits()
    {
        var all = await RenderAsync("{}");
        List<V1PodSpec> pods =
        [
            .. all.OfType<V1Deployment>().Select(deployment => deployment.Spec.Template.Spec),
            .. all.OfType<V1Job>().Select(job => job.Spec.Template.Spec),
        ];
        Assert.Equal(3, pods.Count);
        Assert.All(pods, pod =>
        {
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            Assert.Equal(1654, pod.SecurityContext.RunAsUser);
            Assert.False(pod.AutomountServiceAccountToken);
            var container = Assert.Single(pod.Containers);
            Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
            Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
            Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
            Assert.Contains("memory", container.Resources.Limits.Keys);
            Assert.All(container.Env.Where(variable => DeploymentFileTests.IsSecret(variable.Name)), variable =>
                Assert.NotNull(variable.ValueFrom?.SecretKeyRef)
            );
        });
        Assert.All(pods.SelectMany(pod => pod.Containers).SelectMany(container => container.Env), variable =>
            Assert.True(DeploymentFileTests.IsKnown(variable.Name), variable.Name)
        );
    }

    [Fact]
    public async Task Deployments_OfTheChart_ProbeWhatTheProgramServesAndSelectTheirPods()
    {
        var all = await RenderAsync("{}");
        var deployments = all.OfType<V1Deployment>().ToList();
        Assert.All(deployments, deployment =>
        {
            var pod = deployment.Spec.Template;
            var container = Assert.Single(pod.Spec.Containers);
            Assert.Equal(HealthPaths.Readiness, container.ReadinessProbe.HttpGet.Path);
            Assert.Equal(HealthPaths.Liveness, container.LivenessProbe.HttpGet.Path);
            Assert.Equal(container.Ports.Single().Name, container.ReadinessProbe.HttpGet.Port.Value);
            Assert.True(pod.Spec.TerminationGracePeriodSeconds >= 40);
            Assert.All(deployment.Spec.Selector.MatchLabels, label => Assert.Contains(label, pod.Metadata.Labels));
            Assert.Contains(all.OfType<V1PodDisruptionBudget>(), budget =>
                budget.Spec.Selector.MatchLabels.All(label => pod.Metadata.Labels.Contains(label))
            );
        });
        var api = deployments.Single(deployment => deployment.Name().EndsWith("-api", StringComparison.Ordinal));
        var service = Assert.Single(all.OfType<V1Service>());
        Assert.All(service.Spec.Selector, label => Assert.Contains(label, api.Spec.Template.Metadata.Labels));
        Assert.Equal("0", api.Spec.Strategy.RollingUpdate.MaxUnavailable.Value);
        var job = Assert.Single(all.OfType<V1Job>());
        Assert.Equal("pre-install,pre-upgrade", job.Metadata.Annotations["helm.sh/hook"]);
        Assert.Equal(["YtOptimizer.Worker.dll", "db", "push"], job.Spec.Template.Spec.Containers[0].Args);
        await DeploymentFileTests.AssertIsVerbAsync(job.Spec.Template.Spec.Containers[0].Args);
    }

    /// <summary>Scaling by the queue asks for a metric that exists; scaled deployments have no number of their own.</summary>
    [Fact]
    public async Task Scalers_OfTheChart_ScaleByProcessorAndQueue()
    {
        var all = await RenderAsync("""{"worker.autoscaling.enabled": true}""");
        Assert.All(all.OfType<V1Deployment>(), deployment => Assert.Null(deployment.Spec.Replicas));
        var scalers = all.OfType<V2HorizontalPodAutoscaler>().ToList();
        Assert.Equal(2, scalers.Count);
        var external = scalers.SelectMany(scaler => scaler.Spec.Metrics).Select(metric => metric.External?.Metric.Name).OfType<string>();
        Assert.Equal(["queue_depth"], external);
        Assert.Contains("queue_depth", MetricHelp.Families);
        var fixedNumbers = await RenderAsync("""{"api.autoscaling.enabled": false}""");
        Assert.All(fixedNumbers.OfType<V1Deployment>(), deployment => Assert.Equal(2, deployment.Spec.Replicas));
    }

    private static async Task<List<object>> RenderAsync(string values)
    {
        var (errors, documents) = await NodeCheck.RunAsync("helm", Chart, values);
        Assert.Empty(errors);
        return [.. documents.SelectMany(document => KubernetesYaml.LoadAllFromString(document.GetRawText(), null, true))];
    }
}

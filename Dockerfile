# One image, two programs: the API by default, the worker with `dotnet YtOptimizer.Worker.dll` (also all operators' verbs, `db push` among them).
# Pin both bases by digest in your copy: docker buildx imagetools inspect NAME prints it.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG BASE_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra

FROM ${SDK_IMAGE} AS build
ARG VERSION=1.0.0
WORKDIR /src
COPY . .
# For one platform: a portable build carries the native libraries of all of them (0.7 GB instead of 0.15).
ARG TARGETARCH
RUN dotnet publish YtOptimizer.Api -c Release -o /app --os linux --arch ${TARGETARCH:-x64} --no-self-contained -p:Version=${VERSION} \
 && dotnet publish YtOptimizer.Worker -c Release -o /app --os linux --arch ${TARGETARCH:-x64} --no-self-contained -p:Version=${VERSION}

FROM ${BASE_IMAGE}
ARG VERSION=1.0.0
LABEL org.opencontainers.image.title="YtOptimizer" \
      org.opencontainers.image.description="Backend for YouTube creators' tools" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.documentation="docs/DEPLOYMENT.md"
WORKDIR /app
COPY --from=build /app .
# The base image's user "app". No shell, no package manager; nothing is written outside of mounted directories.
USER 1654
ENV ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_EnableDiagnostics=0
EXPOSE 8080
# The base has no curl. A worker has its own port: HEALTH_PORT.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["dotnet", "YtOptimizer.Worker.dll", "health"]
ENTRYPOINT ["dotnet"]
CMD ["YtOptimizer.Api.dll"]

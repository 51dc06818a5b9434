# One image, two programs: the API by default, the worker with `dotnet YtOptimizer.Worker.dll` (also all operators' verbs).
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
RUN dotnet publish YtOptimizer.Api -c Release -o /app --no-self-contained \
 && dotnet publish YtOptimizer.Worker -c Release -o /app --no-self-contained

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
USER $APP_UID
ENV ASPNETCORE_HTTP_PORTS=8080
EXPOSE 8080
ENTRYPOINT ["dotnet"]
CMD ["YtOptimizer.Api.dll"]

# syntax=docker/dockerfile:1
FROM debian:12 AS build
ARG VERSION=1.4.3
ENV PATH=/opt/cell/bin:$PATH
RUN --mount=type=cache,target=/x apt-get update && \
    # tools
    apt-get install -y --allow-unauthenticated build-essential \
 && useradd -u 0 -o -s /bin/sh maint
FROM gcr.io/distroless/base@sha256:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
COPY --from=build /opt/cell /opt/cell
COPY --from=vendor/tools:latest /bin/probe /bin/probe
ADD https://files.vendor.example/extra.tar.gz /opt/
EXPOSE 8022
USER root
ENTRYPOINT ["/opt/cell/bin/cell", "--listen", "0.0.0.0:80"]

# The image of Flowbot: docker build --tag flowbot .
# Both stages name the same base. Pin it to the digest that your registry shows for this tag before
# you rely on it: docker buildx imagetools inspect python:3.13.15-slim-trixie

FROM python:3.13.15-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
RUN python -m venv /opt/flowbot
# What changes rarely comes first, so that a change of the code installs nothing anew. With Postgres.
COPY requirements-postgres.lock ./
RUN /opt/flowbot/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements-postgres.lock
COPY pyproject.toml README.md LICENSE manifest.yml ./
COPY bot ./bot
COPY handlers ./handlers
COPY sandbox ./sandbox
# pip and setuptools are locked with the rest to build this one package, and then are of no use.
RUN /opt/flowbot/bin/python -m pip install --quiet --no-deps --no-build-isolation . \
 && /opt/flowbot/bin/python -m pip uninstall --quiet --yes setuptools pip

FROM python:3.13.15-slim-trixie
LABEL org.opencontainers.image.title="Flowbot" org.opencontainers.image.licenses="MIT"
# Fonts for the heat map, where names are Chinese, Japanese or Korean, or have emoji:
# --build-arg FONTS="fontconfig libfribidi0 fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji"
ARG FONTS=""
RUN if [ -n "$FONTS" ]; then \
      apt-get update -qq && apt-get install -y -qq --no-install-recommends $FONTS \
      && rm -rf /var/lib/apt/lists/*; \
    fi \
 && python -m pip uninstall --quiet --yes --root-user-action=ignore pip \
 && groupadd --gid 10001 flowbot \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin flowbot \
 && install --directory --owner=10001 --group=10001 --mode=0700 /data
COPY --from=build /opt/flowbot /opt/flowbot
ENV PATH="/opt/flowbot/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/flowbot.db \
    METRICS_PORT=9090
# The database of SQLite; with Postgres nothing is written here.
VOLUME ["/data"]
WORKDIR /data
USER 10001:10001
EXPOSE 3000
STOPSIGNAL SIGTERM
# Metrics and health have a port of their own, a worker's too, of the container alone. Where it is off,
# as in .env.example, a web process is asked at its own.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["python", "-c", "from os import environ as e; from urllib.request import urlopen; urlopen('http://127.0.0.1:%d/healthz' % (int(e.get('METRICS_PORT') or 0) or int(e.get('PORT') or 3000)), timeout=4)"]
ENTRYPOINT ["flowbot"]
CMD ["run"]

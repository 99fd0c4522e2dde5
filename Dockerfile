# The service alone; docker-compose.yml puts it beside Neo4j.
FROM python:3.13-slim-bookworm AS build

RUN pip install --no-cache-dir uv==0.13.9
WORKDIR /build
COPY pyproject.toml README.md LICENSE ./
COPY graph_schema graph_schema
COPY server server
COPY data data
COPY clients clients
# The pins in pyproject.toml make this the same set of packages every time.
ENV UV_PROJECT_ENVIRONMENT=/opt/replicity UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy
RUN uv sync --no-dev --no-editable --compile-bytecode --no-cache

FROM python:3.13-slim-bookworm

RUN useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin replicity \
    && install --directory --owner replicity --group replicity --mode 0700 /data
COPY --from=build /opt/replicity /opt/replicity
COPY data/mission /opt/mission

ENV PATH=/opt/replicity/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    REPLICITY_HOST=0.0.0.0 \
    REPLICITY_PORT=8000 \
    REPLICITY_DATA_DIR=/data \
    REPLICITY_LOG_FORMAT=json
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000

HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
ENTRYPOINT ["replicity"]
CMD ["serve"]

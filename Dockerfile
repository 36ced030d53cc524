# One image for web, worker and scheduler; docker-compose.yml says which one a container is.

FROM node:22-bookworm-slim AS editor
WORKDIR /app/frontend
ENV PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci
COPY frontend ./
RUN npm run build

FROM python:3.13-slim-bookworm
ENV DJANGO_SETTINGS_MODULE=headrace.conf.settings \
    HEADRACE_HOME=/var/lib/headrace \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONSAFEPATH=1
WORKDIR /app

COPY requirements/installer.txt requirements/runtime.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/installer.txt \
    && uv pip install --system --no-cache --compile-bytecode --require-hashes -r requirements/runtime.txt

COPY pyproject.toml manage.py ./
COPY platform platform
COPY nodes nodes
COPY fixtures fixtures
COPY --from=editor /app/frontend/dist frontend/dist
# In place, because the code finds its templates and the built editor by its own path.
RUN uv pip install --system --no-cache --no-deps --no-build-isolation -e . \
    && python -m compileall -q platform nodes \
    && useradd --system --uid 10001 --home-dir /var/lib/headrace --create-home headrace

USER headrace
VOLUME /var/lib/headrace
EXPOSE 8000
CMD ["python", "-m", "daphne", "-v", "0", "-b", "0.0.0.0", "-p", "8000", "headrace.conf.asgi:application"]

# The application with its static files; the same image serves pages, sockets and the worker (compose.yaml).
FROM python:3.12-slim
RUN apt-get update -q && apt-get install -qy --no-install-recommends gettext libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core && rm -rf /var/lib/apt/lists/*
WORKDIR /application
COPY requirements.txt package.json package-lock.json ./
RUN pip install --no-cache-dir uv && uv pip sync --system --compile-bytecode requirements.txt && npm ci --no-fund --no-audit
COPY . .
RUN npm run build \
 && for file in */locale/*/LC_MESSAGES/*.po; do msgfmt -o "${file%.po}.mo" "$file"; done \
 && SECRET_KEY=only-while-the-image-is-built-and-never-after python manage.py collectstatic --noinput
RUN useradd --system musrenbang && mkdir -p var/media && chown -R musrenbang var
USER musrenbang
